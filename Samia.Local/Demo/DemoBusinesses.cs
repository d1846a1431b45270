using Samia.Inbox.Businesses;

namespace Samia.Local.Demo;

/// <summary>A business of the demo, and who works there.</summary>
/// <param name="Registration">With the connection that the simulator uses too.</param>
/// <param name="Slug">Which the name turns into.</param>
/// <param name="Employees">The name of the employee of each seeded role.</param>
public sealed record DemoBusiness(NewBusiness Registration, string Slug, IReadOnlyDictionary<string, string> Employees)
{
    public string Name => Registration.Name;

    /// <param name="role">A seeded role, in any case.</param>
    public string EmailOf(string role) => $"{role.ToLowerInvariant()}@{Slug}.example";
}

/// <summary>The businesses that every local Samia has. Their secrets are worth nothing outside this machine.</summary>
public static class DemoBusinesses
{
    public const string Password = "Samia-demo-1";

    public static DemoBusiness Tarot { get; } = new(
        new NewBusiness("Samia Tarot", "Asia/Beirut", "ar-LB", new WhatsAppConnection(
            "108000000000001", "208000000000001", "9611555001", "demo-token-tarot", "demo-app-secret-tarot", "demo-verify-tarot")),
        "samia-tarot",
        new Dictionary<string, string>
        {
            ["Admin"] = "Samia Haddad", ["Manager"] = "Nadim Khoury", ["Agent"] = "Layal Saab", ["Viewer"] = "Omar Fakih",
        });

    public static DemoBusiness Dental { get; } = new(
        new NewBusiness("Cedar Dental Clinic", "Europe/London", "en-GB", new WhatsAppConnection(
            "108000000000002", "208000000000002", "442079460002", "demo-token-dental", "demo-app-secret-dental", "demo-verify-dental")),
        "cedar-dental-clinic",
        new Dictionary<string, string>
        {
            ["Admin"] = "Helen Marsh", ["Manager"] = "Tariq Aziz", ["Agent"] = "Priya Nair", ["Viewer"] = "George Lund",
        });

    public static IReadOnlyList<DemoBusiness> All { get; } = [Tarot, Dental];
}
