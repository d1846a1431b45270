namespace Samia.Tests.Data;

/// <summary>A table of ours, read from the catalogue.</summary>
/// <param name="Name">In the schema <c>public</c>, where only tables are that somebody uses, and no partitions.</param>
/// <param name="Columns">Those that can be written: generated ones are left out.</param>
/// <param name="References">Its foreign keys.</param>
/// <param name="Checks">Its check constraints.</param>
/// <param name="UniqueKeys">Its unique indexes, the primary key among them.</param>
public sealed record CatalogueTable(
    string Name, IReadOnlyList<CatalogueColumn> Columns, IReadOnlyList<CatalogueReference> References,
    IReadOnlyList<CatalogueCheck> Checks, IReadOnlyList<CatalogueKey> UniqueKeys)
{
    public bool IsTenantTable => Columns.Any(c => c.Name == CatalogueColumn.Business);

    /// <summary>The column that says whose a row is; null for a table of no business.</summary>
    public string? OwnerColumn => IsTenantTable ? CatalogueColumn.Business : Name == "businesses" ? "id" : null;

    /// <summary>Whether a row cannot do without that reference.</summary>
    public bool Requires(CatalogueReference reference) =>
        reference.Columns.All(name => Columns.Single(c => c.Name == name) is { IsNullable: false, Default: null });
}

/// <summary>A column as the catalogue describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">With its length or precision, such as <c>character varying(60)</c>.</param>
/// <param name="IsNullable">Whether it may be left empty.</param>
/// <param name="Default">An SQL expression; null if it has none.</param>
public sealed record CatalogueColumn(string Name, string Type, bool IsNullable, string? Default)
{
    public const string Business = "business_id";
}

/// <summary>A foreign key: these columns hold the key of that table.</summary>
public sealed record CatalogueReference(string Name, string Table, string[] Columns, string[] Targets)
{
    /// <summary>The column of the target that this column holds.</summary>
    public string TargetOf(string column) => Targets[Array.IndexOf(Columns, column)];
}

/// <summary>A check constraint: an SQL expression over some columns.</summary>
public sealed record CatalogueCheck(string Name, string Expression, string[] Columns);

/// <summary>A unique index. Its columns are null where it holds expressions.</summary>
public sealed record CatalogueKey(string Name, string[]? Columns);
