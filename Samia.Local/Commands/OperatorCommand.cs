using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samia.Inbox.Businesses;
using Samia.Inbox.Platform;

namespace Samia.Local.Commands;

/// <summary><c>./samia operator add EMAIL [--name NAME]</c>: makes somebody one of those who run Samia.</summary>
internal static class OperatorCommand
{
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var reader = new OptionReader(arguments);
        var name = reader.Value("--name");
        var home = reader.Value("--home");
        if (reader.Left is not ["add", var email] || email.StartsWith("--", StringComparison.Ordinal))
        {
            throw new UsageException("operator needs: add EMAIL.");
        }

        await using var installation = Installation.Open(new OptionReader(home is null ? [] : ["--home", home]));
        return await AddAsync(installation, email, name, Console.Out, cancellationToken);
    }

    internal static async Task<int> AddAsync(
        Installation installation, string email, string? name, TextWriter output, CancellationToken cancellationToken)
    {
        // Letters, digits and signs, whatever the rules for passwords ask for.
        var password = $"Samia-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10))}";
        await using var scope = installation.Services.CreateAsyncScope();
        try
        {
            var made = await scope.ServiceProvider.GetRequiredService<OperatorRegistration>()
                .RegisterAsync(email, name ?? email.Split('@')[0], password, cancellationToken);
            await output.WriteLineAsync(made
                ? $"{email} runs Samia now. Their first password, shown once: {password}\nThey change it at /account after signing in."
                : $"{email} runs Samia now, with the password that they have.");
            await output.WriteLineAsync("Signing in takes a second factor: who has none is led to setting one up.");
            return 0;
        }
        catch (Exception refused) when (refused is RegistrationException or NpgsqlException)
        {
            throw new LocalSetupException(refused.Message);
        }
    }
}
