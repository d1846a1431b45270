using Microsoft.Extensions.Options;

namespace Samia.Inbox.Businesses;

/// <summary>What paying for plans consists of.</summary>
internal static class BillingSetup
{
    public static void AddBilling(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<StripeOptions>().BindConfiguration(StripeOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<StripeOptions>, ValidateStripeOptions>();
        // Its log lines would name addresses with customers' ids.
        builder.Services.AddHttpClient(StripeBilling.Client, (provider, http) =>
            http.Timeout = provider.GetRequiredService<IOptions<StripeOptions>>().Value.CallTimeout).RemoveAllLoggers();
        builder.Services.AddSingleton<IBilling, StripeBilling>();
        builder.Services.AddSingleton<SubscriptionSync>();
        builder.Services.AddSingleton<PlansForSale>();
        builder.Services.AddScoped<Subscriptions>();
    }
}
