namespace Samia.Local.Legacy;

/// <summary>A row that was not taken.</summary>
/// <param name="Table">Of the old database; <c>messages</c> for what was within a conversation.</param>
/// <param name="Key">Its id there; of a message, the conversation's id and the message's place from 0 on.</param>
/// <param name="Reason">Why, in words, without what the row says.</param>
internal sealed record LegacyRefusal(string Table, string Key, string Reason);

/// <summary>One row of the old database on its way: what is to be copied of it, or why nothing is.</summary>
internal sealed class LegacyTaking(string table, string key, int place)
{
    public string Key { get; } = key;

    /// <summary>Orders the rows of one batch as the source has them.</summary>
    public int Place { get; } = place;

    /// <summary>What is copied, and into which stage.</summary>
    public List<(LegacyStage Stage, object?[] Values)> Rows { get; } = [];

    /// <summary>What the row consists of where that is counted too: the messages of a conversation.</summary>
    public int Parts { get; private set; }

    /// <summary>Parts that were refused while the row was not.</summary>
    public List<LegacyRefusal> RefusedParts { get; } = [];

    /// <summary>Null as long as the row can be taken.</summary>
    public LegacyRefusal? Refusal { get; private set; }

    public void Add(LegacyStage stage, params object?[] values) => Rows.Add((stage, values));

    public void Part(LegacyStage stage, params object?[] values)
    {
        Parts++;
        Rows.Add((stage, values));
    }

    public void RefusePart(LegacyRefusal refusal) => RefusedParts.Add(refusal);

    /// <summary>Nothing of the row is taken, whatever was added before.</summary>
    public void Refuse(string reason)
    {
        Refusal = new LegacyRefusal(table, Key, reason);
        Rows.Clear();
        RefusedParts.Clear();
        Parts = 0;
    }
}
