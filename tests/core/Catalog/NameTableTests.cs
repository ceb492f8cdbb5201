using System.Text;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

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
    public void Find_FieldsOfARequest_AsOneByOneAndAsStrings()
    {
        // Arrange: of 2 to 200 bytes, some of more than one byte a letter.
        static string Name(int i) => $"{(i % 7 == 0 ? "ü" : "n")}{i}{new string('x', i % 11 == 0 ? 190 : i % 17)}";
        var table = new NameTable(1000);
        for (int i = 0; i < 500; i++)
        {
            table.FindOrAdd(Name(i));
        }

        string[] names = [.. Enumerable.Range(0, 1000).Select(i => Name(i * 7 % 1000))];
        ReadOnlySpan<byte> fields = new PickContentRequest { Candidates = { names } }.ToByteArray();
        Span<int> numbers = stackalloc int[NameTable.AtOnce];
        int seen = 0;

        // Act
        for (int count; (count = table.Find(ref fields, numbers)) > 0; seen += count)
        {
            // Assert
            for (int i = 0; i < count; i++)
            {
                string name = names[seen + i];
                Assert.Equal((table.Find(name), table.Find(name)), (numbers[i], table.Find(Encoding.UTF8.GetBytes(name))));
            }
        }

        Assert.Equal(names.Length, seen);
        Assert.Equal([.. Enumerable.Range(0, 500)], Enumerable.Range(0, 500).Select(i => table.Find(Name(i))));
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
