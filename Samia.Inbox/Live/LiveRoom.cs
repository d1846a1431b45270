using Microsoft.AspNetCore.SignalR;
using StackExchange.Redis;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Live;

internal static class LiveRoom
{
    public static void AddLive(this WebApplicationBuilder builder)
    {
        var options = ConfigurationOptions.Parse(builder.Configuration.Require("ConnectionStrings:Redis"));
        // Redis may be late or away: the inbox starts and serves without it, and catches up.
        options.AbortOnConnectFail = false;
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(options));
        builder.Services.AddSignalR().AddHubOptions<InboxHub>(hub => hub.AddFilter<SignedInHubFilter>()).AddStackExchangeRedis(redis =>
        {
            redis.Configuration = options.Clone();
            // Nobody who sends a message waits for Redis to come back.
            redis.Configuration.BacklogPolicy = BacklogPolicy.FailFast;
            redis.Configuration.ChannelPrefix = RedisChannel.Literal("samia:signalr");
        });
        builder.Services.AddSingleton<LivePublisher>();
        builder.Services.AddSingleton<LiveFeed>();
        builder.Services.AddSingleton<HubListeners>();
        builder.Services.AddScoped<LiveTransaction>();
        builder.Services.AddScoped<ExpectedVersion>();
        builder.Services.AddScoped<RowVersions>();
        builder.Services.AddTransient<LiveWatch>();
        builder.Services.AddHostedService<LiveHeartbeat>();
    }

    public static void MapLive(this WebApplication app) => app.MapHub<InboxHub>(InboxHub.Path);
}
