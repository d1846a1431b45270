using System.Text.Encodings.Web;
using Microsoft.Extensions.Logging.Console;
using Samia.Inbox.Team;

namespace Samia.Inbox.Shell;

/// <summary>
/// Outside Development one JSON object a line on standard output, its time in UTC, with who acts and in which request.
/// </summary>
internal static class Logs
{
    private static readonly Func<ILogger, Guid, Guid, IDisposable?> WhoActs =
        LoggerMessage.DefineScope<Guid, Guid>("{BusinessId} {EmployeeId}");

    private static readonly Func<ILogger, Guid, Guid, IDisposable?> WhichTokenActs =
        LoggerMessage.DefineScope<Guid, Guid>("{BusinessId} {ApiTokenId}");

    private static readonly Func<ILogger, Guid, Guid, IDisposable?> WhichVisitorActs =
        LoggerMessage.DefineScope<Guid, Guid>("{BusinessId} {SupportVisitId}");

    public static void AddLogs(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            builder.Logging.ClearProviders().AddJsonConsole(Configure);
        }
    }

    /// <summary>Notes the business and the employee, the API token or the support visit, in all that a request logs, and a circuit, which is one.</summary>
    public static void UseLogScopes(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Samia.Inbox.Request");
        app.Use(async (context, next) =>
        {
            using var scope = !context.User.HasBusiness ? null
                : context.User.ApiTokenId is { } token ? WhichTokenActs(logger, context.User.BusinessId, token)
                : context.User.VisitId is { } visit ? WhichVisitorActs(logger, context.User.BusinessId, visit)
                : WhoActs(logger, context.User.BusinessId, context.User.EmployeeId);
            await next(context);
        });
    }

    private static void Configure(JsonConsoleFormatterOptions options)
    {
        options.IncludeScopes = true;
        options.UseUtcTimestamp = true;
        options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fff'Z'";
        // A log is not HTML: quotes and letters outside ASCII stay readable.
        options.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    }
}
