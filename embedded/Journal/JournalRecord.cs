using Footprint.Grid.Embedded.Stores;

namespace Footprint.Grid.Embedded.Journal;

/// <summary>Where an entry stands in its segment's buffer.</summary>
internal readonly record struct JournalRecord(IJournalClient Client, ulong Sequence, int Offset, int Length);
