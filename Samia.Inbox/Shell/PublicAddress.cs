namespace Samia.Inbox.Shell;

/// <summary>
/// The address that people type (<c>Samia:PublicAddress</c>), for links that leave the browser, such as in an e-mail. It
/// is a setting because what a request says of its host, whoever sends the request can choose.
/// </summary>
public sealed class PublicAddress
{
    public const string Setting = "Samia:PublicAddress";
    private readonly Uri? _root;

    private PublicAddress(Uri? root) => _root = root;

    /// <summary>Whether links can be made.</summary>
    public bool IsKnown => _root is not null;

    /// <param name="path">Within Samia, such as <c>/invitation?secret=…</c>, escaped.</param>
    /// <exception cref="InvalidOperationException">The setting is missing.</exception>
    public Uri Of(string path) => new(
        _root ?? throw new InvalidOperationException($"The setting '{Setting}' is missing, so no link can be made."),
        path.TrimStart('/'));

    /// <exception cref="InvalidOperationException">The setting is no address of a web site.</exception>
    internal static PublicAddress Read(IConfiguration configuration)
    {
        var text = configuration[Setting];
        if (string.IsNullOrEmpty(text))
        {
            return new PublicAddress(null);
        }

        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var root) && root.Scheme is "http" or "https"
            && root is { Query: "", Fragment: "", UserInfo: "" }
            ? new PublicAddress(root)
            : throw new InvalidOperationException(
                $"The setting '{Setting}' is '{text}'. Set it to the address that people type, such as https://inbox.example.com");
    }
}
