using Npgsql;

namespace Samia.Data;

/// <summary>The pool of <c>samia_app</c>. Only <see cref="TenantDbContextFactory"/> hands out its connections.</summary>
public sealed record AppDataSource(NpgsqlDataSource Value) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Value.DisposeAsync();
}

/// <summary>The pool of <c>samia_platform</c>, which sees all businesses where a table's policy says so.</summary>
public sealed record PlatformDataSource(NpgsqlDataSource Value) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Value.DisposeAsync();
}
