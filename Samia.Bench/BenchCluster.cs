using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samia.Data;
using Samia.Inbox;
using Samia.Inbox.Team;
using Samia.Local.Postgres;
using Samia.Local.Redis;
using Samia.Local.Scale;
using Samia.Local.Up;

namespace Samia.Bench;

/// <summary>
/// A durable cluster of the bench's own. Its filled businesses are kept for the next run, because a million
/// conversations take a while.
/// </summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    private const string Database = "samia_bench";

    // What docs/OPERATIONS.md recommends for production; both sides of every comparison have it.
    private const string Tuning = "Max Auto Prepare=40;Auto Prepare Min Usages=2";
    private static readonly string MasterKey = Convert.ToBase64String(new byte[32]);
    private readonly PostgresCluster _postgres;
    private readonly string _directory;
    private readonly LocalRedis _redis = LocalRedis.Start();

    private BenchCluster(PostgresCluster postgres, string directory)
    {
        _postgres = postgres;
        _directory = directory;
        Services = BuildInbox().Services;
    }

    /// <summary>The product's own services over this cluster; its web server and workers are not started.</summary>
    public IServiceProvider Services { get; }
    public string Platform => ConnectionString(DatabaseRoles.Platform);
    public string Owner => ConnectionString(DatabaseRoles.Owner);
    public string App => ConnectionString(DatabaseRoles.App);

    public static async Task<BenchCluster> StartAsync(CancellationToken cancellationToken)
    {
        var directory = Environment.GetEnvironmentVariable("SAMIA_BENCH_HOME") ?? "/var/tmp/samia-bench";
        Directory.CreateDirectory(directory);
        var postgres = await PostgresCluster.StartAsync(directory, durable: true, cancellationToken);
        await postgres.PrepareDatabaseAsync(Database, cancellationToken);
        return new BenchCluster(postgres, directory);
    }

    /// <summary>The product's own services, of which some may be replaced; its web server and workers are not started.</summary>
    public WebApplication BuildInbox(Action<IServiceCollection>? replace = null) => SamiaInbox.Build([],
        builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:App"] = App,
            ["ConnectionStrings:Platform"] = Platform,
            ["ConnectionStrings:Redis"] = _redis.ConnectionString,
            ["Samia:MasterKey"] = MasterKey,
        }), services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            replace?.Invoke(services);
        });

    /// <summary>A business with that many conversations and one employee who sees them, filled on first use.</summary>
    public async Task<FilledBusiness> BusinessOfSizeAsync(int conversations, CancellationToken cancellationToken)
    {
        var slug = $"bench-{conversations}";
        var contexts = Services.GetRequiredService<IDbContextFactory<PlatformDbContext>>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var business = await db.Businesses.SingleOrDefaultAsync(b => b.Slug == slug, cancellationToken);
        if (business is null)
        {
            // Named when it is full, so that a filling that was interrupted is not taken for one.
            business = NewBusiness($"{slug}-{Guid.CreateVersion7():N}");
            db.Add(business);
            AddEmployee(db, business);
            await db.SaveChangesAsync(cancellationToken);
            await ScaleData.FillAsync(ConnectionString("postgres"), business.Id, conversations,
                messagesPerConversation: 1, null, cancellationToken);
            business.Slug = slug;
            await db.SaveChangesAsync(cancellationToken);
        }

        var employeeId = await db.Employees.Where(e => e.BusinessId == business.Id).Select(e => e.Id)
            .SingleAsync(cancellationToken);
        return new FilledBusiness(business.Id, employeeId);
    }

    /// <summary>A business that webhooks can be sent to.</summary>
    public async Task<ConnectedBusiness> ConnectedBusinessAsync(CancellationToken cancellationToken)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var number = RandomNumberGenerator.GetString("123456789", 15);
        var business = NewBusiness("bench-webhooks-" + number);
        business.PhoneNumberId = number;
        Services.GetRequiredService<SecretProtector>().SetAppSecret(business, secret);
        var contexts = Services.GetRequiredService<IDbContextFactory<PlatformDbContext>>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Add(business);
        await db.SaveChangesAsync(cancellationToken);
        return new ConnectedBusiness(business.Id, number, secret);
    }

    /// <summary>The whole inbox, as a process of its own.</summary>
    public async Task<InboxProcess> StartInboxAsync(CancellationToken cancellationToken)
    {
        var inbox = InboxProcess.Start(new InboxProcessOptions
        {
            AppConnection = App,
            PlatformConnection = Platform,
            RedisConnection = _redis.ConnectionString,
            MasterKey = MasterKey,
            WhatsAppBaseAddress = new Uri("http://127.0.0.1:9"),
            Port = FreePort(),
            LogFile = Path.Combine(_directory, "inbox.log"),
        });
        try
        {
            await inbox.WaitUntilLiveAsync(cancellationToken);
            return inbox;
        }
        catch
        {
            await inbox.DisposeAsync();
            throw;
        }
    }

    public async Task WaitUntilProcessedAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(Platform);
        await using var pending = source.CreateCommand("select exists (select from webhook_logs where status = 'pending')");
        while ((bool)(await pending.ExecuteScalarAsync(cancellationToken))!)
        {
            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>Empties the table that both sides wrote to, so that every run starts alike.</summary>
    public async Task ForgetWebhooksAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var truncate = source.CreateCommand("truncate webhook_logs; checkpoint");
        await truncate.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _redis.Dispose();
        await _postgres.DisposeAsync();
    }

    private string ConnectionString(string role) => _postgres.ConnectionString(role, Database, Tuning);

    private static void AddEmployee(PlatformDbContext db, Business business)
    {
        var email = business.Slug + "@bench.test";
        var user = new User { UserName = email, Email = email };
        var role = new Role
        {
            BusinessId = business.Id, Name = SeededRoles.Agent, Permissions = SeededRoles.All[SeededRoles.Agent],
        };
        db.AddRange(user, role, new Employee
        {
            BusinessId = business.Id, UserId = user.Id, RoleId = role.Id, Name = "Bench", CreatedAt = business.CreatedAt,
        });
    }

    private static Business NewBusiness(string slug) => new()
    {
        Name = slug, Slug = slug, TimeZone = "UTC", Locale = "en", PlanId = Plan.Scale, CreatedAt = TimeProvider.System.GetUtcNow(),
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>What a webhook to a business needs.</summary>
internal sealed record ConnectedBusiness(Guid Id, string PhoneNumberId, string AppSecret);

/// <summary>A business with conversations, and who looks at them.</summary>
internal sealed record FilledBusiness(Guid Id, Guid EmployeeId);
