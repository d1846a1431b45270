namespace Samia.Inbox;

/// <summary>Nobody's: _Imports.razor itself needs one by this name. Each room has its own, which a test holds.</summary>
internal sealed class Texts;
