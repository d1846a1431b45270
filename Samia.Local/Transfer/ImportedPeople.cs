using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using System.Text.Json;
using Samia.Data;
using Samia.Inbox.Platform;

namespace Samia.Local.Transfer;

/// <summary>The sign-ins of an import's people.</summary>
/// <param name="Ids">By the id that the export knows them by.</param>
/// <param name="Created">The e-mails of those who had no sign-in here; they have no password yet.</param>
internal sealed record ImportedPeople(IReadOnlyDictionary<Guid, Guid> Ids, IReadOnlyList<string> Created)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// Finds each person by e-mail, or makes a sign-in without a password, under the same id where it is free. Made
    /// before the business is, a sign-in opens nothing; an import that is run again finds it.
    /// </summary>
    /// <exception cref="LocalSetupException">An e-mail is refused.</exception>
    public static async Task<ImportedPeople> BringAsync(
        ImportArchive archive, IServiceProvider services, CancellationToken cancellationToken)
    {
        var (ids, created) = (new Dictionary<Guid, Guid>(), new List<string>());
        var file = archive.Manifest.Files.Single(f => f.Table == BusinessExport.People);
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        await foreach (var (rows, _) in archive.ReadAsync(file, cancellationToken))
        {
            foreach (var person in JsonSerializer.Deserialize<List<Person>>(rows, Json)!)
            {
                var user = await users.FindByEmailAsync(person.Email);
                if (user is null)
                {
                    user = await CreateAsync(users, person);
                    created.Add(person.Email);
                }

                ids[person.Id] = user.Id;
            }
        }

        return new ImportedPeople(ids, created);
    }

    private static async Task<User> CreateAsync(UserManager<User> users, Person person)
    {
        var user = new User { UserName = person.Email, Email = person.Email };
        if (await users.FindByIdAsync(person.Id.ToString()) is null)
        {
            user.Id = person.Id;
        }

        var result = await users.CreateAsync(user);
        return result.Succeeded ? user : throw new LocalSetupException(
            $"No sign-in can be made for {person.Email}: {string.Join(' ', result.Errors.Select(e => e.Description))}");
    }

    private sealed record Person(Guid Id, string Email);
}
