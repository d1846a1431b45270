namespace Samia.Local.Legacy;

/// <summary>What became of some rows: those that could not be read, and those that the database left.</summary>
internal sealed class LegacyBatchResult
{
    private readonly List<LegacyRefusal> _refusals = [];

    public LegacyBatchResult(string table, IReadOnlyList<LegacyTaking> batch, IReadOnlyList<LegacyRefusal> left)
    {
        var leftRows = left.Where(r => r.Table == table).ToDictionary(r => r.Key);
        foreach (var taking in batch)
        {
            if ((taking.Refusal ?? leftRows.GetValueOrDefault(taking.Key)) is { } refusal)
            {
                // Its parts went with it.
                _refusals.Add(refusal);
                continue;
            }

            Taken++;
            PartsTaken += taking.Parts;
            _refusals.AddRange(taking.RefusedParts);
            PartsRefused += taking.RefusedParts.Count;
        }

        var leftParts = left.Where(r => r.Table != table).ToList();
        _refusals.AddRange(leftParts);
        (PartsTaken, PartsRefused) = (PartsTaken - leftParts.Count, PartsRefused + leftParts.Count);
    }

    public IReadOnlyList<LegacyRefusal> Refusals => _refusals;
    public int Taken { get; }
    public int PartsTaken { get; }
    public int PartsRefused { get; }
}
