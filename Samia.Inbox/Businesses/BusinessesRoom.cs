namespace Samia.Inbox.Businesses;

internal static class BusinessesRoom
{
    public static void AddBusinesses(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BusinessRegistration>();
        builder.Services.AddScoped<BusinessProfile>();
        builder.Services.AddScoped<BusinessStanding>();
        builder.Services.AddScoped<SendingState>();
    }
}
