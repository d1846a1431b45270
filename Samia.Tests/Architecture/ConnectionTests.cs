using System.Text.RegularExpressions;

namespace Samia.Tests.Architecture;

/// <summary>
/// No code reaches the database without saying whose it is. <c>IDbContextFactory&lt;SamiaDbContext&gt;</c> and
/// <c>TenantSql</c> say it by themselves and refuse to work without; every other way is named here.
/// </summary>
public sealed partial class ConnectionTests
{
    // A new line here is a decision about tenancy: say as whom it goes, and why.
    private static readonly Dictionary<string, string> MayConnect = new()
    {
        ["Samia.Inbox/SamiaInbox.cs"] = "hands the connection strings to Samia.Data, and opens nothing",
        ["Samia.Inbox/Shell/DatabaseHealth.cs"] = "as app and as platform: asks that nobody has been entered, and which schema it is",
        ["Samia.Inbox/WhatsApp/WebhookJournal.cs"] = "as platform: bodies are stored before anybody's turn has come",
        ["Samia.Inbox/WhatsApp/WebhookPass.cs"] = "as platform: holds a lock, and reads nothing by it",
        ["Samia.Inbox/Api/Webhooks/WebhookClaims.cs"] = "as platform: a dispatcher cannot ask business by business what is due",
        ["Samia.Inbox/WhatsApp/OutboxClaims.cs"] = "as platform: a dispatcher cannot ask business by business what is due",
        ["Samia.Local/Commands/Installation.cs"] = "as platform: which business a slug names",
        ["Samia.Local/Commands/VerifyAuditCommand.cs"] = "as platform: checks the logs of all businesses",
        ["Samia.Local/Commands/PsqlCommand.cs"] = "as platform: which business a slug names",
        ["Samia.Local/Demo/DemoHost.cs"] = "as platform: whether any webhook of the demo waits",
        ["Samia.Local/Postgres/PostgresCluster.cs"] = "as superuser of a private cluster: makes and drops databases",
        ["Samia.Local/Scale/ScaleBusiness.cs"] = "as superuser of a private cluster: counts what there is to fill",
        ["Samia.Local/Scale/ScaleData.cs"] = "as superuser of a private cluster: fills a business by COPY",
        ["Samia.Local/Legacy/LegacySource.cs"] = "to an old database, which has one business and is read only",
        ["Samia.Local/Legacy/LegacyTarget.cs"] = "as owner, for one business: takes its old rows in",
        ["Samia.Local/Transfer/BusinessImport.cs"] = "as owner: writes all tables of a business that comes from elsewhere",
        ["Samia.Local/Up/RememberedPhones.cs"] = "as app, for one business after another, for the simulator's phones",
    };

    // A scope that enters no business reaches no database, so whoever makes one wants something else of it.
    private static readonly Dictionary<string, string> MayMakeScopes = new()
    {
        ["Samia.Inbox/Api/ApiTokenLookup.cs"] = "enters the business that a token names, to ask whether the token is its own",
        ["Samia.Inbox/Platform/BusinessExport.cs"] = "enters the business that is exported",
        ["Samia.Local/Transfer/ImportedPeople.cs"] = "makes sign-ins, which belong to no business",
        ["Samia.Inbox/Platform/KeyRotation.cs"] = "encrypts people's second factors anew, which belong to no business",
        ["Samia.Inbox/Team/PasswordResetWorker.cs"] = "looks for a person, who belongs to no business",
        ["Samia.Inbox/Team/TenantScopes.cs"] = "enters the business before it hands the scope out",
        ["Samia.Local/Demo/DemoData.cs"] = "registers the operator, who belongs to no business",
        ["Samia.Local/Commands/OperatorCommand.cs"] = "registers an operator, who belongs to no business",
        ["Samia.Local/Demo/DemoRegistration.cs"] = "registers employees, which is done as platform",
    };

    private static IEnumerable<SourceFile> Files =>
        [.. Sources.Of("Samia.Inbox", ".cs", ".razor"), .. Sources.Of("Samia.Local", ".cs", ".razor")];

    [Fact]
    public void Every_way_to_a_connection_is_named() =>
        Assert.Equal(MayConnect.Keys.Order(), Files.Where(f => Connection().IsMatch(f.Code)).Select(f => f.Path).Order());

    [Fact]
    public void Every_scope_is_a_tenants_or_named() =>
        Assert.Equal(MayMakeScopes.Keys.Order(), Files.Where(f => Scope().IsMatch(f.Code)).Select(f => f.Path).Order());

    /// <summary>Which files may have the platform's, <see cref="RoomTests"/> holds.</summary>
    [Fact]
    public void Every_context_comes_from_the_factory_of_a_tenant_or_of_the_platform() =>
        Assert.Empty(Files.Where(f => f.Code.Contains("CreateDbContext") && !Factory().IsMatch(f.Code)).Select(f => f.Path));

    /// <summary>Every session of the database may listen, whatever business it acts for.</summary>
    [Fact]
    public void Nothing_is_told_through_Postgres() =>
        Assert.Empty(Files.Concat(Sources.Of("Samia.Data", ".cs")).Where(f => Notice().IsMatch(f.Text)).Select(f => f.Path));

    [GeneratedRegex(@"\b(AppDataSource|PlatformDataSource|NpgsqlDataSource|NpgsqlDataSourceBuilder)\b|\bnew (NpgsqlConnection|SamiaDbContext|PlatformDbContext)\(|\b(OptionsFor|UseNpgsql|AddSamiaData|GetDbConnection)\(")]
    private static partial Regex Connection();

    [GeneratedRegex(@"\.Create(Async)?Scope\(")]
    private static partial Regex Scope();

    [GeneratedRegex(@"IDbContextFactory<(Samia|Platform)DbContext>")]
    private static partial Regex Factory();

    [GeneratedRegex(@"pg_notify|\.Notification \+=", RegexOptions.IgnoreCase)]
    private static partial Regex Notice();
}
