using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// The campaigns and line items that the client is shown no more: those that it dismissed, which is an order and holds
/// whatever is withheld, and those that led to a conversion, which is a fact of the categories of that act. Past
/// <see cref="ProfileLimits.AdAnswers"/> the one goes that was answered first, conversions before dismissals.
/// </summary>
internal sealed class AdAnswers
{
    private readonly Dictionary<(StoredImpression.Types.Kind Kind, string Key), StoredAdAnswer> _rows = [];

    public bool IsEmpty => _rows.Count == 0;

    public bool HasDismissed => _rows.Values.Any(r => r.DismissedMs != 0);

    /// <summary>The categories of all conversions.</summary>
    public IEnumerable<DataCategories> Conversions => _rows.Values.Where(r => r.ConvertedMs != 0).Select(r => CategoryNames.OfStored(r.Categories));

    public bool IsDismissed(StoredImpression.Types.Kind kind, string key) => _rows.TryGetValue((kind, key), out StoredAdAnswer? row) && row.DismissedMs != 0;

    /// <summary>Whether it is known to have led to a conversion by what is allowed.</summary>
    public bool IsConverted(StoredImpression.Types.Kind kind, string key, DataCategories allowed) =>
        _rows.TryGetValue((kind, key), out StoredAdAnswer? row) && row.ConvertedMs != 0 && allowed.Permits(CategoryNames.OfStored(row.Categories));

    /// <summary>Adds what the other says; of the same the later time, and of the categories all.</summary>
    public void Add(StoredAdAnswer answer)
    {
        if (!_rows.TryGetValue((answer.Kind, answer.Key), out StoredAdAnswer? row))
        {
            _rows.Add((answer.Kind, answer.Key), answer.Clone());
            if (_rows.Count > ProfileLimits.AdAnswers)
            {
                _rows.Remove(Id(_rows.Values.OrderBy(r => r.DismissedMs != 0).ThenBy(LastMs).ThenBy(r => r.Key, StringComparer.Ordinal).First()));
            }

            return;
        }

        row.DismissedMs = Math.Max(row.DismissedMs, answer.DismissedMs);
        row.ConvertedMs = Math.Max(row.ConvertedMs, answer.ConvertedMs);
        row.Categories |= answer.Categories;
    }

    public void Merge(AdAnswers other)
    {
        foreach (StoredAdAnswer row in other._rows.Values)
        {
            Add(row);
        }
    }

    /// <summary>Lets go of conversions of these categories.</summary>
    public void Forget(DataCategories categories) =>
        KeepConversions(row => (CategoryNames.OfStored(row.Categories) & categories) == 0);

    /// <summary>Lets go of the conversions for which it does not hold. Dismissals stay.</summary>
    public void KeepConversions(Func<StoredAdAnswer, bool> keeps)
    {
        foreach (StoredAdAnswer row in _rows.Values.Where(r => r.ConvertedMs != 0 && !keeps(r)).ToList())
        {
            (row.ConvertedMs, row.Categories) = (0, 0);
            if (row.DismissedMs == 0)
            {
                _rows.Remove(Id(row));
            }
        }
    }

    public void Save(RepeatedField<StoredAdAnswer> to) =>
        to.AddRange(_rows.Values.OrderBy(LastMs).ThenBy(r => r.Kind).ThenBy(r => r.Key, StringComparer.Ordinal).Select(r => r.Clone()));

    /// <summary>Null for none.</summary>
    public static AdAnswers? Load(IEnumerable<StoredAdAnswer> from)
    {
        var answers = new AdAnswers();
        foreach (StoredAdAnswer row in from)
        {
            answers.Add(row);
        }

        return answers.IsEmpty ? null : answers;
    }

    private static (StoredImpression.Types.Kind Kind, string Key) Id(StoredAdAnswer row) => (row.Kind, row.Key);

    private static long LastMs(StoredAdAnswer row) => Math.Max(row.DismissedMs, row.ConvertedMs);
}
