using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Tests.Architecture;

/// <summary>A room talks to another through its services: its tables, and the platform's view of all tenants, are its own.</summary>
public sealed partial class RoomTests
{
    // Who may see over all tenants. A new line here is a decision about tenancy: say why.
    private static readonly Dictionary<string, string> MayUsePlatform = new()
    {
        ["Samia.Inbox/Api/IdempotentRequestCleanup.cs"] = "deletes what was kept for a day, of every business",
        ["Samia.Inbox/Businesses/PlansForSale.cs"] = "a business sees the row of its own plan only, and is to choose another",
        ["Samia.Inbox/Businesses/SubscriptionSync.cs"] = "a business may not write itself what it pays for; Stripe's webhooks name a customer",
        ["Samia.Inbox/Businesses/UsageMails.cs"] = "mails belong to no business",
        ["Samia.Inbox/Businesses/UsageMailWorker.cs"] = "asks in which businesses somebody is to be told",
        ["Samia.Inbox/Businesses/BusinessRegistration.cs"] = "opens a business before there is a tenant",
        ["Samia.Inbox/Team/EmployeeRegistration.cs"] = "finds a person's sign-in, which belongs to no business",
        ["Samia.Inbox/Team/EmployeeEmails.cs"] = "an e-mail is of a sign-in, which belongs to no business",
        ["Samia.Inbox/Team/DepartureWorker.cs"] = "asks in which businesses a handing back was interrupted",
        ["Samia.Inbox/Team/Inviting.cs"] = "an invitation and its mail are one transaction, and mails belong to no business",
        ["Samia.Inbox/Team/PresenceWorker.cs"] = "renews the circuits of all businesses in one statement, and asks where some are dead",
        ["Samia.Inbox/Team/Employments.cs"] = "signing in asks which businesses a person works for, and whether they still do",
        ["Samia.Inbox/Team/OpenSessions.cs"] = "a session is of a person, who belongs to no business",
        ["Samia.Inbox/Team/PasswordReset.cs"] = "a forgotten password is of a person, who belongs to no business, and so is its mail",
        ["Samia.Inbox/Team/NewSignIns.cs"] = "makes a sign-in, which belongs to no business",
        ["Samia.Inbox/Team/OfferedPlaces.cs"] = "who accepts an invitation acts for no business yet, and employees are made as platform",
        ["Samia.Inbox/Team/SignInLog.cs"] = "writes who was refused, whom no business let in",
        ["Samia.Inbox/Team/ProtectedUserStore.cs"] = "Identity keeps sign-ins in it, which belong to no business",
        ["Samia.Inbox/Team/OneTryAtATime.cs"] = "guards Identity's context",
        ["Samia.Inbox/Team/AuthenticatorCodes.cs"] = "a code is of a person, who belongs to no business",
        ["Samia.Inbox/Platform/BusinessExport.cs"] = "says which business a slug names; the rows are read as that business",
        ["Samia.Inbox/Platform/Plans.cs"] = "the tiers belong to no business",
        ["Samia.Inbox/Platform/SupportVisits.cs"] = "a visit begins before anybody is in the business",
        ["Samia.Inbox/Platform/BusinessTransaction.cs"] = "the one way in which the platform changes a business",
        ["Samia.Inbox/Platform/SupportStay.cs"] = "asks whether a visit still lasts",
        ["Samia.Inbox/Platform/BusinessDirectory.cs"] = "lists all businesses",
        ["Samia.Inbox/Platform/BusinessChanges.cs"] = "suspends, restores and closes businesses",
        ["Samia.Inbox/Platform/BusinessDeletion.cs"] = "finds the businesses whose grace is over",
        ["Samia.Inbox/Platform/BusinessMeasuring.cs"] = "counts the days of all businesses",
        ["Samia.Inbox/Platform/OperatorRegistration.cs"] = "people who run Samia belong to no business",
        ["Samia.Inbox/Platform/PlatformGate.cs"] = "asks who runs Samia",
        ["Samia.Inbox/Platform/PlatformPeople.cs"] = "people who run Samia belong to no business",
        ["Samia.Inbox/Platform/SupportVisitClock.cs"] = "ends the visits of all businesses",
        ["Samia.Inbox/Platform/KeyRingWatch.cs"] = "the key ring belongs to no business",
        ["Samia.Inbox/Platform/KeyRotation.cs"] = "asks which businesses have secrets; each is entered for its own",
        ["Samia.Inbox/Platform/KeyRing.cs"] = "the key ring belongs to no business",
        ["Samia.Inbox/WhatsApp/ConnectionDirectory.cs"] = "finds the business that a webhook is for",
        ["Samia.Inbox/WhatsApp/WebhookProcessor.cs"] = "asks which businesses have webhooks waiting",
        ["Samia.Inbox/Mail/Mailer.cs"] = "a mail is to a person, who belongs to no business",
        ["Samia.Inbox/Mail/MailQueue.cs"] = "sends the mails that wait, of everybody",
        ["Samia.Inbox/Live/LiveHeartbeat.cs"] = "compares the sequence numbers of all businesses in one query",
    };

    // Tables of another room that a room may use nevertheless.
    private static readonly Dictionary<(string Room, string Table), string> MayUseTable = new()
    {
        [("Platform", "ActivityChains")] = "an export says where the chain of the log ended",
        [("Platform", "Employees")] = "says how many people a business has, and tells them of its end",
        [("Platform", "BusinessDays")] = "measures each business day by day",
        [("Platform", "Users")] = "whose only business was deleted has no sign-in any more",
        [("Platform", "Conversations")] = "measures each business day by day",
        [("Platform", "Businesses")] = "the platform is about businesses",
        [("Live", "Businesses")] = "the sequence numbers are a column of it",
        [("Team", "ActivityLogs")] = "everybody writes the log",
        [("Team", "Businesses")] = "signing in asks which businesses a person works for",
        [("Conversations", "Outbox")] = "a send is written, and dropped, in the transaction of its message",
        [("WhatsApp", "Businesses")] = "the connection is columns of it",
        [("Conversations", "TeamMembers")] = "whoever sees only what is theirs sees what is their teams'",
        [("Team", "ApiTokens")] = "what a token may is asked of the one checker",
        [("Team", "PlatformEmployees")] = "signing in asks whether a person runs Samia itself",
        [("Team", "SupportVisits")] = "what support may is asked of the one checker",
        [("Api", "Outbox")] = "a call is written, and dropped, in the transaction of its delivery",
        [("Api", "Businesses")] = "a token of a closed business opens nothing",
        [("Businesses", "Plans")] = "the plan says how much there may be of everything, and what it costs",
        [("Team", "Plans")] = "the plan says how many employees there may be",
        [("Businesses", "BillingEvents")] = "a webhook of Stripe is processed once, in the transaction of what it changes",
        [("Businesses", "AdminNotifications")] = "what is nearly used up is mailed too; that a payment failed is told in the transaction that learns of it",
        [("Businesses", "Employees")] = "the activity log names who acted",
        [("Businesses", "ApiTokens")] = "the activity log names who acted",
        [("Businesses", "SupportVisits")] = "the activity log names who acted",
        [("Businesses", "Roles")] = "a business starts with its roles",
    };

    [Fact]
    public void Only_named_files_use_the_platform_context()
    {
        var users = Sources.Of("Samia.Inbox", ".cs", ".razor").Where(f => f.Code.Contains("PlatformDbContext")).Select(f => f.Path);
        Assert.Empty(users.Except(MayUsePlatform.Keys));
    }

    [Fact]
    public void A_room_uses_the_tables_of_its_own_room_only()
    {
        var roomOf = RoomsOfTables();
        var offenders =
            from file in Sources.Of("Samia.Inbox", ".cs", ".razor")
            where file.Room is not null
            from Match use in TableUse().Matches(file.Code)
            let table = use.Groups["table"].Value
            where roomOf.TryGetValue(table, out var room) && room != file.Room && !MayUseTable.ContainsKey((file.Room!, table))
            select $"{file.Path} uses {table} of the room {roomOf[table]}";
        Assert.Empty(offenders.Distinct());
    }

    [Fact]
    public void Every_allowance_is_needed_still()
    {
        var files = Sources.Of("Samia.Inbox", ".cs", ".razor");
        Assert.All(MayUsePlatform.Keys, path =>
            Assert.Contains(files, f => f.Path == path && f.Code.Contains("PlatformDbContext")));
    }

    // A table belongs to the room whose folder in Samia.Data holds its entity.
    private static Dictionary<string, string> RoomsOfTables()
    {
        return typeof(SamiaDbContext).GetProperties()
            .Where(p => p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>))
            .Select(p => (p.Name, Entity: p.PropertyType.GenericTypeArguments[0].Name))
            .Where(p => Rooms.OfEntities[p.Entity].Any())
            .ToDictionary(p => p.Name, p => Rooms.OfEntities[p.Entity].Single());
    }

    // db.Messages, context.Messages: by any name that our code gives a context.
    [GeneratedRegex(@"\b(?:db|context|platform|tenantDb)\.(?<table>[A-Z]\w+)\b")]
    private static partial Regex TableUse();
}
