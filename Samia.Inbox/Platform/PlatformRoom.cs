namespace Samia.Inbox.Platform;

internal static class PlatformRoom
{
    public static void AddPlatform(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<PlatformOptions>(builder.Configuration.GetSection(PlatformOptions.Section));
        builder.Services.AddSingleton<BusinessExport>();
        builder.Services.AddSingleton<ExportRecord>();
        builder.Services.AddSingleton<BusinessTransaction>();
        builder.Services.AddSingleton<BusinessDeletion>();
        builder.Services.AddSingleton<PlatformPeople>();
        builder.Services.AddSingleton<ExportTickets>();
        builder.Services.AddScoped<ExportDownload>();
        builder.Services.AddScoped<OperatorRegistration>();
        builder.Services.AddScoped<PlatformGate>();
        builder.Services.AddScoped<BusinessDirectory>();
        builder.Services.AddScoped<BusinessUsage>();
        builder.Services.AddScoped<BusinessOpening>();
        builder.Services.AddScoped<BusinessChanges>();
        builder.Services.AddScoped<Plans>();
        builder.Services.AddScoped<SupportVisits>();
        builder.Services.AddScoped<VisitsOfBusiness>();
        builder.Services.AddHostedService<BusinessMeasuring>();
        builder.Services.AddHostedService<SupportVisitClock>();
        builder.Services.AddHostedService<BusinessDeletionWorker>();
    }

    public static void MapPlatform(this WebApplication app)
    {
        app.MapSupportVisits();
        app.MapExport();
    }
}
