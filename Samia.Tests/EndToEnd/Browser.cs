using System.Collections.Concurrent;
using Microsoft.Playwright;
using Samia.Tests.EndToEnd;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Samia.Tests.EndToEnd;

/// <summary>The machine's own Chromium, without a window, shared by the run. Each person is a context of their own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Candidates =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly SemaphoreSlim _starting = new(1);
    private readonly ConcurrentDictionary<string, (string Test, ConcurrentBag<IBrowserContext> People)> _people = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// A person with a browser of their own: no cookie is shared. They leave when the next test of the collection begins,
    /// so that nobody's open screens cost the others time.
    /// </summary>
    /// <param name="locale">Which language the browser asks for.</param>
    /// <param name="scheme">Which colours the machine asks for.</param>
    public async Task<IPage> NewPersonAsync(
        Uri address, int width = 1280, int height = 800, string locale = "en-US", ColorScheme scheme = ColorScheme.Light)
    {
        var context = await (await BrowserAsync()).NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            Locale = locale,
            ColorScheme = scheme,
        });
        // A busy machine takes its time; how quick Samia is, Samia.Bench says.
        context.SetDefaultTimeout(40_000);
        Assertions.SetDefaultExpectTimeout(20_000);
        var page = await context.NewPageAsync();
        await KeepAsync(context);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _starting.Dispose();
    }

    // The tests of one collection run one after another.
    private async Task KeepAsync(IBrowserContext context)
    {
        var (collection, test) = (TestContext.Current.TestCollection!.UniqueID, TestContext.Current.Test!.UniqueID);
        if (_people.TryGetValue(collection, out var last) && last.Test == test)
        {
            last.People.Add(context);
            return;
        }

        _people[collection] = (test, [context]);
        await Task.WhenAll((last.People ?? []).Select(gone => gone.CloseAsync()));
    }

    // Only when somebody needs it: a run of other tests does without Chromium.
    private async Task<IBrowser> BrowserAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _browser ??= await LaunchAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<IBrowser> LaunchAsync()
    {
        var executable = Environment.GetEnvironmentVariable("SAMIA_CHROMIUM") ?? Candidates.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium is not installed; ./samia test installs it.");
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }
}
