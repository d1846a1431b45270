using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Live;
using Samia.Inbox.Platform;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;
using Samia.Inbox.WhatsApp;

namespace Samia.Inbox;

/// <summary>The web application, one line per room. Tests build the same one.</summary>
public static class SamiaInbox
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        configure?.Invoke(builder);
        builder.AddSettings();

        builder.Services.AddSamiaData(builder.Configuration.Require("ConnectionStrings:App"),
            builder.Configuration.Require("ConnectionStrings:Platform"));
        builder.AddKeyRing();
        builder.AddLive();
        builder.AddTeam();
        builder.AddConversations();
        builder.AddWhatsApp();
        builder.AddShell();

        var app = builder.Build();
        app.MapShell();
        app.MapTeam();
        app.MapWhatsApp();
        app.MapLive();
        return app;
    }
}
