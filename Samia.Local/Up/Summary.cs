using Samia.Local.Demo;

namespace Samia.Local.Up;

/// <summary>The few lines that a newcomer needs.</summary>
internal static class Summary
{
    public static void Print(LocalSamia samia)
    {
        foreach (var note in samia.Notes)
        {
            Console.WriteLine($"  {note}");
        }

        Console.WriteLine($"""

            Samia is running.

              Inbox      {samia.InboxAddress}
              Simulator  {samia.SimulatorAddress}simulator   (the customers' phones)
              E-mail     {samia.MailFolder}   (nothing is sent: new ones are printed here, with --detach into up.log)

            """);
        foreach (var business in DemoBusinesses.All)
        {
            Console.WriteLine($"  {business.Name,-22} {business.EmailOf("agent")}   (also admin@, manager@, viewer@)");
        }

        Console.WriteLine($"""
              {"Operator",-22} {DemoBusinesses.Operator}   (at /platform; the first sign-in shows a key for an authenticator app)
              Password               {DemoBusinesses.Password}

            Ctrl-C stops it; started with --detach, ./samia down does.
            """);
    }
}
