using Npgsql;
using Samia.Inbox.Businesses;
using Samia.Local.Demo;
using Samia.Local.Postgres;
using Samia.Local.Up;

namespace Samia.Local.Scale;

/// <summary><c>./samia up --scale N</c>: the business "Scale Test", registered once and filled up to N.</summary>
internal static class ScaleBusiness
{
    private const int MessagesPerConversation = 10;

    public static DemoBusiness Demo { get; } = new(
        new NewBusiness("Scale Test", "Europe/London", "en-GB", new WhatsAppConnection(
            "108000000000003", "208000000000003", "442079460003", "demo-token-scale", "demo-app-secret-scale", "demo-verify-scale")),
        "scale-test",
        new Dictionary<string, string>
        {
            ["Admin"] = "Ada Scale", ["Manager"] = "Max Scale", ["Agent"] = "Amir Scale", ["Viewer"] = "Vera Scale",
        });

    public static async Task FillAsync(
        PostgresCluster postgres, InboxProcessOptions settings, int conversations, CancellationToken cancellationToken)
    {
        var superuser = postgres.ConnectionString("postgres", LocalSamia.Database, "Pooling=false;Command Timeout=0");
        var (businessId, existing) = await ExistingAsync(superuser, cancellationToken);
        if (businessId is null)
        {
            await using var host = await DemoHost.StartAsync(settings, cancellationToken);
            (businessId, _) = await DemoRegistration.RegisterAsync(host.Services, Demo, cancellationToken);
        }

        if (existing < conversations)
        {
            var missing = conversations - existing;
            await ProgressBars.RunAsync(bars => ScaleData.FillAsync(superuser, businessId.Value, missing, MessagesPerConversation,
                bars.Bar($"Filling {Demo.Name}", missing), cancellationToken));
        }
    }

    private static async Task<(Guid? BusinessId, int Conversations)> ExistingAsync(
        string superuser, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(superuser);
        await using var command = source.CreateCommand("""
            select b.id, (select count(*)::int from conversations c where c.business_id = b.id)
            from businesses b where b.slug = $1
            """);
        command.Parameters.Add(new() { Value = Demo.Slug });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetGuid(0), reader.GetInt32(1)) : (null, 0);
    }
}
