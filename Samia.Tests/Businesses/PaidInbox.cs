using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samia.Data;
using Samia.Tests.Mail;
using Samia.Tests.Support;

namespace Samia.Tests.Businesses;

/// <summary>An inbox in which plans are paid: Starter and Growth are for sale, Scale is not.</summary>
public sealed class PaidInbox(TestServers servers) : IAsyncLifetime
{
    public const string StarterPrice = "price_starter";
    public const string GrowthPrice = "price_growth";
    private TestInbox? _inbox;
    private StripeServer? _stripe;

    public TestInbox Inbox => _inbox ?? throw new InvalidOperationException("The inbox has not started.");
    public StripeServer Stripe => _stripe ?? throw new InvalidOperationException("Stripe has not started.");
    public NotedLog Log { get; } = new();

    public static IReadOnlyDictionary<string, string> SettingsFor(StripeServer stripe) => new Dictionary<string, string>
    {
        ["Stripe:SecretKey"] = StripeServer.SecretKey,
        ["Stripe:WebhookSecret"] = StripeServer.WebhookSecret,
        ["Stripe:ApiBase"] = stripe.Address,
    };

    public static Task SetPricesAsync(TestInbox inbox) => inbox.Database.ExecuteAsync(
        "update plans set stripe_price_id = case id when 'starter' then $1 when 'growth' then $2 end", StarterPrice, GrowthPrice);

    public async ValueTask InitializeAsync()
    {
        _stripe = await StripeServer.StartAsync();
        _inbox = await TestInbox.StartAsync(servers, configure: builder =>
        {
            foreach (var (key, value) in SettingsFor(_stripe))
            {
                builder.Configuration[key] = value;
            }
        }, replace: services => services.AddLogging(logging => logging.AddProvider(Log)));
        await SetPricesAsync(_inbox);
    }

    /// <summary>A business on the smallest tier that has never paid.</summary>
    public async Task<TestBusiness> BusinessAsync()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await Inbox.Database.ExecuteAsync("update businesses set plan_id = 'trial' where id = $1", business.Id);
        return business;
    }

    /// <summary>A business that is a customer.</summary>
    public async Task<(TestBusiness Business, string Customer)> CustomerAsync()
    {
        var business = await BusinessAsync();
        var customer = $"cus_{Guid.NewGuid():N}";
        await Inbox.Database.ExecuteAsync("update businesses set stripe_customer_id = $1 where id = $2", customer, business.Id);
        return (business, customer);
    }

    public async Task<Business> ReadAsync(TestBusiness business)
    {
        await using var db = await Inbox.Get<IDbContextFactory<PlatformDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.Businesses.AsNoTracking().SingleAsync(b => b.Id == business.Id, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_inbox is not null)
        {
            await _inbox.DisposeAsync();
        }

        if (_stripe is not null)
        {
            await _stripe.DisposeAsync();
        }
    }
}
