using Microsoft.Playwright;
using Samia.Tests.Architecture;

namespace Samia.Tests.EndToEnd;

/// <summary>Pictures of what a test sees, in <c>.samia/screens</c>, for a person to look at.</summary>
public static class Screens
{
    private static readonly string Folder = Path.Combine(Sources.Root, ".samia", "screens");

    public static async Task TakeAsync(IPage page, string name)
    {
        Directory.CreateDirectory(Folder);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png") });
    }
}
