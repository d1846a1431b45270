using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;
using Samia.Local;
using Samia.Local.Up;
using Samia.Tests.Support;

namespace Samia.Tests.Shell;

public sealed class LogTests(TestServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outside_Development_each_line_of_the_log_is_JSON_with_its_request_and_its_time_in_UTC()
    {
        var database = await servers.CreateDatabaseAsync();
        var log = Path.Combine(Directory.CreateTempSubdirectory("samia-log-").FullName, "inbox.log");
        await using (var inbox = InboxProcess.Start(new InboxProcessOptions
        {
            AppConnection = database.App,
            PlatformConnection = database.Platform,
            RedisConnection = "127.0.0.1:9,abortConnect=false",
            MasterKey = Convert.ToBase64String(new byte[32]),
            WhatsAppBaseAddress = new Uri("http://127.0.0.1:9"),
            Port = Ports.Free(),
            LogFile = log,
            Environment = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Production" },
        }))
        {
            await inbox.WaitUntilLiveAsync(Stop);
            using var http = new HttpClient { BaseAddress = inbox.Address };
            // Degraded without Redis, which is logged within the request. On a busy machine the database may be late once.
            await Eventually.TrueAsync(async () => (await http.GetAsync("/health/ready", Stop)).IsSuccessStatusCode);
        }

        var lines = (await File.ReadAllLinesAsync(log, Stop)).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.All(lines, l => Assert.EndsWith("Z", l.GetProperty("Timestamp").GetString()));
        Assert.Contains(lines, l => l.GetProperty("Scopes").EnumerateArray().Any(s =>
            s.TryGetProperty("RequestPath", out var path) && path.GetString() == "/health/ready"
            && s.TryGetProperty("RequestId", out _)));
        Directory.Delete(Path.GetDirectoryName(log)!, recursive: true);
    }

    [Fact]
    public async Task What_a_request_logs_names_the_business_and_the_employee()
    {
        var provider = new ScopeNotes();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(provider);
        await using var app = builder.Build();
        var (business, employee) = (Guid.NewGuid(), Guid.NewGuid());
        app.Use((context, next) =>
        {
            if (context.Request.Path == "/signed-in")
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity(
                [
                    new(SignedInEmployee.BusinessClaim, $"{business}"), new(SignedInEmployee.EmployeeClaim, $"{employee}"),
                ], "test"));
            }

            return next(context);
        });
        app.UseLogScopes();
        app.Run(context =>
        {
            provider.Note();
            return Task.CompletedTask;
        });
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync(Stop);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        await http.GetAsync("/signed-in", Stop);
        Assert.Equal($"{business}", provider.Noted["BusinessId"]);
        Assert.Equal($"{employee}", provider.Noted["EmployeeId"]);
        await http.GetAsync("/anonymous", Stop);
        Assert.DoesNotContain("BusinessId", provider.Noted.Keys);
    }

    private sealed class ScopeNotes : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public Dictionary<string, string?> Noted { get; } = [];

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void Note()
        {
            Noted.Clear();
            _scopes.ForEachScope((scope, noted) =>
            {
                foreach (var (key, value) in scope as IEnumerable<KeyValuePair<string, object?>> ?? [])
                {
                    noted[key] = value?.ToString();
                }
            }, Noted);
        }

        public void Dispose()
        {
        }
    }
}
