using Microsoft.Playwright;

namespace Samia.Tests.EndToEnd;

/// <summary>Where an employee writes, once its script owns the text: before, Enter would start a new line.</summary>
public static class Composer
{
    public static ILocator Of(IPage page) => page.Locator("[data-testid=composer][data-ready] [data-testid=composer-text]");
}
