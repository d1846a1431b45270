using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Samia.Inbox.Team;
using Samia.Tests.Data;

namespace Samia.Tests.Search;

/// <summary>Calls searches in business B and looks for anything of business A in what they answer.</summary>
public sealed class SearchProbe(TwoTenants two)
{
    private static readonly JsonSerializerOptions Everything = new()
    {
        ReferenceHandler = ReferenceHandler.IgnoreCycles, IncludeFields = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string[] _wordsOfA = [.. Words(two.A).Except(Words(two.B))];
    private readonly string[] _wordsOfB = [.. Words(two.B)];

    /// <summary>Searches for everything hostile and for A's own words.</summary>
    /// <returns>What went wrong, each once.</returns>
    public async Task<List<string>> OffencesOfAsync(SearchMethod search, Func<object> service, CancellationToken cancellationToken)
    {
        var offences = new List<string>();
        foreach (var text in HostileInputs.Against(two.A.BusinessId).Concat(_wordsOfA))
        {
            try
            {
                var answer = await AnswerAsync(search, service(), text, cancellationToken);
                if (Array.Find(_wordsOfA, word => answer.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } word)
                {
                    offences.Add($"{search} shows {word} of another business for {Shown(text)}");
                }
            }
            catch (ArgumentException)
            {
                // It says that it does not take this.
            }
            catch (Exception thrown) when (thrown is not (OperationCanceledException or NotSupportedException))
            {
                offences.Add($"{search} throws {thrown.GetType().Name} for {Shown(text)}: {thrown.Message}");
            }
        }

        return offences;
    }

    /// <summary>Whether any of B's own words finds something of B, so that nothing is found for a reason.</summary>
    public async Task<bool> FindsItsOwnAsync(SearchMethod search, Func<object> service, CancellationToken cancellationToken)
    {
        foreach (var text in _wordsOfB)
        {
            var answer = await AnswerAsync(search, service(), text, cancellationToken);
            if (Array.Exists(_wordsOfB, word => answer.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<string> AnswerAsync(
        SearchMethod search, object service, string text, CancellationToken cancellationToken)
    {
        var handed = new List<object?>();
        object? result;
        try
        {
            result = search.Method.Invoke(service, search.ArgumentsFor(text, handed, cancellationToken));
        }
        catch (TargetInvocationException thrown)
        {
            throw thrown.InnerException!;
        }

        return JsonSerializer.Serialize(await ResultAsync(result), Everything) + JsonSerializer.Serialize(handed, Everything);
    }

    private static async Task<object?> ResultAsync(object? result)
    {
        if (result?.GetType().GetMethod("AsTask") is { } asTask)
        {
            result = asTask.Invoke(result, null);
        }

        if (result is Task task)
        {
            await task;
            return task.GetType().GetProperty("Result")?.GetValue(task);
        }

        return result is IAsyncEnumerable<object> stream ? await stream.ToListAsync() : result is IEnumerable rows ? rows.Cast<object>().ToList() : result;
    }

    // Long enough that nobody writes them by chance.
    private static IEnumerable<string> Words(TenantRows rows) => rows.Tables
        .SelectMany(t => rows.Row(t.Name).Values).OfType<string>().Where(v => v.Length >= 16 && !v.Contains(':')).Distinct();

    private static string Shown(string text) => JsonSerializer.Serialize(text.Length > 60 ? text[..60] + "…" : text);
}
