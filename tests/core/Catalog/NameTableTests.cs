using Footprint.Grid.Core.Catalog;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Tests.Catalog;

public sealed class NameTableTests
{
    [Fact]
    public void FindOrAdd_AnyNames_NumbersInOrderAsADictionaryWould() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var table = new NameTable(10_000);
        var model = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < 2000; i++)
        {
            string name = $"n{random.Next(1500)}";
            Assert.Equal(model.GetValueOrDefault(name, -1), table.Find(name));
            model.TryAdd(name, model.Count);
            Assert.Equal(model[name], table.FindOrAdd(name));
        }

        Assert.Equal(model.Count, table.Count);
        Assert.All(model, pair => Assert.Equal(pair.Key, table.Name(pair.Value)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Find_ManyAtOnce_AsOneByOne()
    {
        var table = new NameTable(1000);
        for (int i = 0; i < 500; i++)
        {
            table.FindOrAdd($"n{i}");
        }

        RepeatedField<string> names = [.. Enumerable.Range(0, 1000).Select(i => $"n{i * 7 % 1000}")];
        Span<int> numbers = stackalloc int[NameTable.AtOnce];
        for (int first = 0; first + numbers.Length <= names.Count; first += numbers.Length)
        {
            table.Find(names, first, numbers);
            for (int i = 0; i < numbers.Length; i++)
            {
                Assert.Equal(table.Find(names[first + i]), numbers[i]);
            }
        }
    }

    [Fact]
    public void FindOrAdd_PastTheBound_RefusedAndTheRestFound()
    {
        var table = new NameTable(3);

        int[] numbers = [.. new[] { "a", "b", "c", "d", "a" }.Select(table.FindOrAdd)];

        Assert.Equal([0, 1, 2, -1, 0], numbers);
    }

    [Fact]
    public async Task Find_WhileNamesAreAdded_NeverWrong()
    {
        const int Names = 50_000;
        var table = new NameTable(Names);
        Task<int> reader = Task.Run(() =>
        {
            int wrong = 0;
            for (int known = 0; known < Names; known = table.Count)
            {
                for (int i = Math.Max(0, known - 50); i < known; i++)
                {
                    wrong += table.Find($"n{i}") == i && table.Name(i) == $"n{i}" ? 0 : 1;
                }
            }

            return wrong;
        });
        for (int i = 0; i < Names; i++)
        {
            table.FindOrAdd($"n{i}");
        }

        Task first = await Task.WhenAny(reader, Task.Delay(TimeSpan.FromMinutes(1)));
        Assert.True(ReferenceEquals(first, reader), "The reader did not come to the last name within a minute.");
        Assert.Equal(0, await reader);
    }
}
