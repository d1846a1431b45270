namespace Samia.Inbox.Conversations;

/// <summary>The one line of a message that the list shows.</summary>
public static class MessagePreview
{
    private const int Length = 120;

    /// <summary>Cut to 120 characters (UTF-16), never within one.</summary>
    public static string Of(string body)
    {
        var line = body.ReplaceLineEndings(" ");
        if (line.Length <= Length)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[Length - 1]) ? Length - 1 : Length;
        return line[..end] + "…";
    }
}
