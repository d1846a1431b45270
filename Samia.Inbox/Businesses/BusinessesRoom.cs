namespace Samia.Inbox.Businesses;

internal static class BusinessesRoom
{
    public static void AddBusinesses(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BusinessRegistration>();
        builder.Services.AddScoped<BusinessProfile>();
        builder.Services.AddScoped<BusinessStanding>();
        builder.Services.AddMemoryCache();
        builder.Services.AddSingleton<BillingMonths>();
        builder.Services.AddScoped<Usage>();
        builder.Services.AddScoped<UsageReports>();
        builder.Services.AddScoped<UsageMails>();
        builder.Services.AddHostedService<UsageMailWorker>();
        builder.Services.AddScoped<SendingState>();
        builder.Services.AddScoped<ActivityTrail>();
        builder.Services.AddScoped<ConnectionSettings>();
        builder.Services.AddScoped<AiSettings>();
        builder.AddBilling();
    }

    public static void MapBusinesses(this WebApplication app)
    {
        app.MapActivityExport();
        app.MapStripeWebhook();
    }
}
