using Samia.Inbox.Businesses;

namespace Samia.Local.Demo;

/// <summary>A business of the demo, and who works there.</summary>
/// <param name="Registration">With the connection that the simulator uses too.</param>
/// <param name="Slug">Which the name turns into.</param>
/// <param name="Employees">The name of the employee of each seeded role.</param>
public sealed record DemoBusiness(NewBusiness Registration, string Slug, IReadOnlyDictionary<string, string> Employees)
{
    /// <summary>Null where everybody just has their role.</summary>
    public DemoTeam? Team { get; init; }

    public string Name => Registration.Name;

    /// <param name="role">A seeded role, in any case.</param>
    public string EmailOf(string role) => $"{role.ToLowerInvariant()}@{Slug}.example";
}

/// <summary>The businesses that every local Samia has. Their secrets are worth nothing outside this machine.</summary>
public static class DemoBusinesses
{
    public const string Password = "Samia-demo-1";

    /// <summary>Runs the local Samia; the second factor is set up at the first sign-in.</summary>
    public const string Operator = "operator@samia.example";

    public static DemoBusiness Tarot { get; } = new(
        new NewBusiness("Samia Tarot", "Asia/Beirut", "ar-LB", new WhatsAppConnection(
            "108000000000001", "208000000000001", "9611555001", "demo-token-tarot", "demo-app-secret-tarot", "demo-verify-tarot")),
        "samia-tarot",
        new Dictionary<string, string>
        {
            ["Admin"] = "Samia Haddad", ["Manager"] = "Nadim Khoury", ["Agent"] = "Layal Saab", ["Viewer"] = "Omar Fakih",
        })
    {
        Team = new DemoTeam(
            new Dictionary<string, string>
            {
                ["Readings"] = "Tarot, coffee and palms: what a customer wants to know.", ["Bookings"] = "Times, payments and changes.",
            },
            new Dictionary<string, DemoPlace>
            {
                ["Admin"] = new(["ar", "en", "fr"], ["Readings"], null), ["Manager"] = new(["ar", "en"], ["Readings", "Bookings"], 20),
                ["Agent"] = new(["ar", "fr"], ["Bookings"], 12), ["Viewer"] = new(["ar"], [], 0),
            },
            ("Rita Nassar", "rita@samia-tarot.example")),
    };

    public static DemoBusiness Dental { get; } = new(
        new NewBusiness("Cedar Dental Clinic", "Europe/London", "en-GB", new WhatsAppConnection(
            "108000000000002", "208000000000002", "442079460002", "demo-token-dental", "demo-app-secret-dental", "demo-verify-dental")),
        "cedar-dental-clinic",
        new Dictionary<string, string>
        {
            ["Admin"] = "Helen Marsh", ["Manager"] = "Tariq Aziz", ["Agent"] = "Priya Nair", ["Viewer"] = "George Lund",
        })
    {
        Team = new DemoTeam(
            new Dictionary<string, string>
            {
                ["Reception"] = "Appointments, reminders and directions.", ["Treatment"] = "Questions that a dentist has to answer.",
            },
            new Dictionary<string, DemoPlace>
            {
                ["Admin"] = new(["en"], ["Treatment"], null), ["Manager"] = new(["ar", "en", "ur"], ["Reception", "Treatment"], 20),
                ["Agent"] = new(["en", "hi"], ["Reception"], 15), ["Viewer"] = new(["en"], [], 0),
            },
            ("Amelia Ward", "amelia@cedar-dental-clinic.example")),
    };

    public static IReadOnlyList<DemoBusiness> All { get; } = [Tarot, Dental];
}
