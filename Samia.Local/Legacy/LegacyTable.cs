namespace Samia.Local.Legacy;

/// <summary>
/// One table of the old shape: the columns it has, and what becomes of its rows. They are read one by one, copied into
/// temporary tables some at a time, and taken from there into Samia's tables by SQL.
/// </summary>
internal abstract class LegacyTable
{
    public abstract string Name { get; }

    /// <summary>Columns that it must have beside <c>id</c>.</summary>
    public abstract IReadOnlyList<string> Required { get; }

    /// <summary>Columns that it may have; one that it has not is null in every row.</summary>
    public abstract IReadOnlyList<string> Optional { get; }

    /// <summary>Columns of other old tables that are read along.</summary>
    public virtual IReadOnlyList<LegacyReference> References => [];

    public abstract IReadOnlyList<LegacyStage> Stages { get; }

    /// <summary>
    /// What is done, in this order, with what was copied into the stages. Rows of Samia's tables are looked up one by one,
    /// by subqueries that cannot become joins: how many rows are the business's is unknown to the planner, and a join that
    /// it takes for cheap would read the whole business for every batch.
    /// </summary>
    public abstract IReadOnlyList<LegacyStatement> Statements { get; }

    /// <summary>Selects what the statements could not take: the table, the key within it, and why, in words.</summary>
    public virtual string? Left => null;

    /// <summary>Fills <paramref name="taking"/>, or refuses the row.</summary>
    public abstract void Read(LegacyRow row, LegacyTaking taking, LegacyContext context);
}

/// <summary>The row of another old table that a column names.</summary>
/// <param name="Column">Holds the other row's id.</param>
/// <param name="Table">The other table.</param>
/// <param name="Alias">Before the names of the columns that are read along, as in <c>customer.phone</c>.</param>
/// <param name="Columns">Those columns, beside <c>id</c>.</param>
internal sealed record LegacyReference(string Column, string Table, string Alias, IReadOnlyList<string> Columns);

/// <summary>A temporary table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">With their types, as they are copied; <c>id</c> is one of them.</param>
/// <param name="Later">Columns that the statements fill.</param>
internal sealed record LegacyStage(string Name, IReadOnlyList<string> Columns, string Later = "")
{
    public string Ddl =>
        $"create temporary table {Name} ({string.Join(", ", Columns)}{(Later.Length > 0 ? ", " + Later : "")}); create index on {Name} (id)";

    public string Copy => $"copy {Name} ({string.Join(", ", Columns.Select(c => c[..c.IndexOf(' ', StringComparison.Ordinal)]))}) from stdin (format binary)";
}

/// <summary>A step of taking rows in.</summary>
/// <param name="Sql">One statement.</param>
/// <param name="Adds">The old table whose rows are new here where it adds one; null if it adds none.</param>
/// <param name="InDryRun">Whether a dry run does it too, and holds its locks until it is over.</param>
internal sealed record LegacyStatement(string Sql, string? Adds = null, bool InDryRun = true);
