using System.Text.Json;

namespace Samia.Inbox.Platform;

/// <summary><c>manifest.json</c> of an export, its last entry: what is in it, how much of it, and what is not.</summary>
public sealed record ExportManifest
{
    public const string FileName = "manifest.json";

    /// <summary>The layout of the archive. The tables within follow <see cref="Schema"/>.</summary>
    public const int CurrentVersion = 1;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required int Version { get; init; }

    /// <summary>The last migration of the database that it was made from.</summary>
    public required string Schema { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required ExportedBusiness Business { get; init; }

    /// <summary>In the order in which rows can be written: each after those that it refers to.</summary>
    public required IReadOnlyList<ExportedFile> Files { get; init; }

    /// <summary>Columns whose values stay behind, because they are secrets or mean nothing elsewhere.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>The end of the activity log's chain; null for a log without a row.</summary>
    public ExportedChain? ActivityChain { get; init; }

    public long Rows => Files.Sum(f => f.Rows);
}

/// <summary>Whose data it is.</summary>
public sealed record ExportedBusiness(Guid Id, string Slug, string Name);

/// <summary>How many rows the activity log has, and the hash of the last, in hexadecimal.</summary>
public sealed record ExportedChain(long Length, string Hash);

/// <summary>One file of the archive: a JSON object a line, a line a row.</summary>
/// <param name="Name">Within the archive.</param>
/// <param name="Table">Which the rows are of.</param>
/// <param name="Columns">What each row holds.</param>
/// <param name="Sha256">Of the file, in hexadecimal.</param>
public sealed record ExportedFile(string Name, string Table, IReadOnlyList<string> Columns, long Rows, string Sha256);
