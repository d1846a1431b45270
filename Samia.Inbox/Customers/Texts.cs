namespace Samia.Inbox.Customers;

/// <summary>
/// Names this room's sentences for people: <c>Texts.ar.resx</c>, where a sentence's key is its English words. Which
/// room's it is follows from the namespace of whoever asks for <c>IStringLocalizer&lt;Texts&gt;</c>.
/// </summary>
public sealed class Texts;
