using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Samia.Data;

/// <summary>Registers what other projects use of this one.</summary>
public static class SamiaData
{
    /// <summary>
    /// Adds <c>IDbContextFactory&lt;SamiaDbContext&gt;</c> (scoped, as the tenant of <see cref="TenantContext"/>) and
    /// <c>IDbContextFactory&lt;PlatformDbContext&gt;</c> (singleton, over all tenants).
    /// </summary>
    /// <param name="services">The collection to add to.</param>
    /// <param name="appConnectionString">Signs in as <c>samia_app</c>.</param>
    /// <param name="platformConnectionString">Signs in as <c>samia_platform</c>.</param>
    /// <exception cref="ArgumentException">The first would let one tenant's session reach another.</exception>
    public static IServiceCollection AddSamiaData(
        this IServiceCollection services, string appConnectionString, string platformConnectionString)
    {
        RequireOwnSessions(appConnectionString);
        services.AddSingleton(_ => new AppDataSource(NpgsqlDataSource.Create(appConnectionString)));
        services.AddSingleton(_ => new PlatformDataSource(NpgsqlDataSource.Create(platformConnectionString)));
        services.AddSingleton(sp => TenantOptions(sp.GetRequiredService<AppDataSource>().Value));
        services.AddScoped<TenantContext>();
        services.AddScoped<TenantSql>();
        services.AddScoped<IDbContextFactory<SamiaDbContext>, TenantDbContextFactory>();
        services.AddDbContextFactory<PlatformDbContext>((sp, options) =>
            Configure(options).UseNpgsql(sp.GetRequiredService<PlatformDataSource>().Value));
        services.AddSingleton<SecretProtector>();
        services.AddScoped<SecretRotation>();
        return services;
    }

    /// <summary>Options without a tenant, for the owner and for tools.</summary>
    public static DbContextOptions<SamiaDbContext> OptionsFor(string connectionString)
    {
        var options = new DbContextOptionsBuilder<SamiaDbContext>();
        Configure(options).UseNpgsql(connectionString);
        return options.Options;
    }

    private static void RequireOwnSessions(string appConnectionString)
    {
        if (new NpgsqlConnectionStringBuilder(appConnectionString) is { NoResetOnClose: true } or { Multiplexing: true })
        {
            throw new ArgumentException(
                "ConnectionStrings:App must say neither 'No Reset On Close' nor 'Multiplexing': both leave the settings of one "
                + "business's session to the next.", nameof(appConnectionString));
        }
    }

    private static DbContextOptions<SamiaDbContext> TenantOptions(NpgsqlDataSource dataSource)
    {
        var options = new DbContextOptionsBuilder<SamiaDbContext>();
        Configure(options).UseNpgsql(dataSource).AddInterceptors(new TenantConnectionInterceptor());
        return options.Options;
    }

    private static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options) =>
        options.UseSnakeCaseNamingConvention();
}
