using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Live;

/// <summary>Somebody changed the row since it was read.</summary>
public sealed class StaleVersionException() : Exception("Somebody changed it in the meantime. Read it again, then change it.");

/// <summary>
/// What a row is still to be when the scope's next <see cref="LiveTransaction"/> changes it, so that nobody overwrites
/// what they have not seen. A row's version is Postgres's own: <c>xmin</c>, the transaction that wrote it last.
/// </summary>
public sealed class ExpectedVersion
{
    private (Type Entity, Guid Id, IReadOnlyCollection<uint>? AnyOf)? _expected;

    /// <summary>The row's version after the change; null if the row is gone or nothing was expected.</summary>
    public uint? Written { get; private set; }

    /// <summary>Whether a transaction has looked.</summary>
    public bool WasAsked { get; private set; }

    /// <param name="id">The row.</param>
    /// <param name="anyOf">The versions that are as well; null for any.</param>
    public void Expect<T>(Guid id, IReadOnlyCollection<uint>? anyOf) where T : TenantEntity => Expect(typeof(T), id, anyOf);

    internal void Expect(Type entity, Guid id, IReadOnlyCollection<uint>? anyOf) => _expected = (entity, id, anyOf);

    /// <summary>At the beginning of the transaction: locks the row. A row that does not exist is for the change to miss.</summary>
    /// <exception cref="StaleVersionException">The row has another version.</exception>
    internal async Task HoldAsync(SamiaDbContext db, CancellationToken cancellationToken)
    {
        if (_expected is not { } expected)
        {
            return;
        }

        WasAsked = true;
        var version = await RowVersions.ReadAsync(db, expected.Entity, expected.Id, "for no key update", cancellationToken);
        if (version is not null && expected.AnyOf is not null && !expected.AnyOf.Contains(version.Value))
        {
            throw new StaleVersionException();
        }
    }

    /// <summary>At the end of the transaction.</summary>
    internal async Task NoteAsync(SamiaDbContext db, CancellationToken cancellationToken) =>
        Written = _expected is { } expected
            ? await RowVersions.ReadAsync(db, expected.Entity, expected.Id, "", cancellationToken)
            : null;

    /// <summary>After the commit: what the scope does next is no part of the change.</summary>
    internal void Done() => _expected = null;
}
