using Samia.Data;
using Samia.Inbox.Api;
using Samia.Inbox.Assistant;
using Samia.Inbox.Businesses;
using Samia.Inbox.CannedResponses;
using Samia.Inbox.Conversations;
using Samia.Inbox.Customers;
using Samia.Inbox.Live;
using Samia.Inbox.Mail;
using Samia.Inbox.Platform;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;
using Samia.Inbox.WhatsApp;

namespace Samia.Inbox;

/// <summary>The web application, one line per room. Tests build the same one.</summary>
public static class SamiaInbox
{
    /// <param name="args">The command line.</param>
    /// <param name="configure">Changes settings before anything reads them.</param>
    /// <param name="replace">Changes what the rooms have registered.</param>
    public static WebApplication Build(
        string[] args, Action<WebApplicationBuilder>? configure = null, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        // A tenant's services belong to its scope, everywhere and not in Development only: the process has none to give.
        builder.Host.UseDefaultServiceProvider(services => services.ValidateScopes = true);
        configure?.Invoke(builder);
        builder.AddSettings();

        builder.Services.AddSamiaData(builder.Configuration.Require("ConnectionStrings:App"),
            builder.Configuration.Require("ConnectionStrings:Platform"));
        builder.AddKeyRing();
        builder.AddLive();
        builder.AddBusinesses();
        builder.AddTeam();
        builder.AddPlatform();
        builder.AddCustomers();
        builder.AddConversations();
        builder.AddCannedResponses();
        builder.AddAssistant();
        builder.AddWhatsApp();
        builder.AddApi();
        builder.AddMail();
        builder.AddShell();
        builder.AddHealth();
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.MapHealth();
        app.UseApiProblems();
        app.MapShell();
        app.MapTeam();
        app.MapPlatform();
        app.MapBusinesses();
        app.MapWhatsApp();
        app.MapLive();
        app.MapApi();
        app.UseLogScopes();
        return app;
    }
}
