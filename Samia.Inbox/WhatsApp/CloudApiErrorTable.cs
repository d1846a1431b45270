using Samia.Inbox.Shell;
using static Samia.Inbox.WhatsApp.CloudApiAction;

namespace Samia.Inbox.WhatsApp;

/// <summary>The lines of <see cref="CloudApiErrors"/>.</summary>
internal static class CloudApiErrorTable
{
    public static readonly CloudApiRule WhatsAppDown = new(Retry,
        Text.Key("WhatsApp had a fault and did not take the message, though we tried several times. Send it again."));

    public static readonly CloudApiRule Unreachable = new(Retry,
        Text.Key("WhatsApp could not be reached, though we tried several times. Check the internet connection, then send it again."));

    public static readonly CloudApiRule NoAnswer = new(Retry,
        Text.Key("WhatsApp never said whether it took the message. It may have arrived: ask the customer or look at the phone, or send it again."));

    public static readonly CloudApiRule OurFault = new(Retry,
        Text.Key("A fault on our side kept the message from being sent. Send it again; if it fails once more, tell your admin."));

    public static readonly CloudApiRule TooManyCalls = new(SlowNumber,
        Text.Key("Too much was sent from your number for hours, and WhatsApp did not take the message. Send it again later."));

    public static readonly CloudApiRule TokenRefused = new(PauseForToken,
        Text.Key("WhatsApp no longer accepts the access token. Connect the number again with a new token; waiting messages go out then."));

    public static readonly CloudApiRule TokenUnreadable = new(PauseForToken,
        Text.Key("The stored access token cannot be read. Connect the number again; waiting messages go out then."));

    public static readonly CloudApiRule PermissionMissing = new(PauseForToken,
        Text.Key("The access token lacks a permission that sending needs. Make a token with whatsapp_business_messaging and connect the number again."));

    private static readonly CloudApiRule WrongRequest = new(Fail, Text.Key("WhatsApp found a mistake in what was sent, so it was not delivered. Change it and send it again, or tell your admin."))
    {
        ShowsDetails = true,
    };

    /// <summary>By Meta's code. Those of 200 to 299 are one: <see cref="PermissionMissing"/>.</summary>
    public static IReadOnlyDictionary<int, CloudApiRule> Rules { get; } = new Dictionary<int, CloudApiRule>
    {
        [1] = WhatsAppDown,
        [2] = new(Retry, Text.Key("WhatsApp was down or overloaded and did not take the message, though we tried several times. Send it again.")),
        [131000] = WhatsAppDown,
        [131016] = new(Retry, Text.Key("A WhatsApp service was down and did not take the message, though we tried several times. Send it again.")),
        [133004] = new(Retry, Text.Key("WhatsApp's server was away and did not take the message, though we tried several times. Send it again.")),
        [135000] = new(Retry, Text.Key("WhatsApp could not handle the message and did not say why, though we tried several times. Send it again; if it fails once more, write it differently.")),

        [4] = TooManyCalls with { FirstWait = TimeSpan.FromSeconds(30) },
        [80007] = new(SlowNumber, Text.Key("Your WhatsApp account has used up its calls for a while, and the message was not taken. Send it again later.")) { FirstWait = TimeSpan.FromSeconds(30) },
        [130429] = new(SlowNumber, Text.Key("Your number sent more messages than WhatsApp takes at a time, and this one was not taken. Send it again later.")),
        [131048] = new(SlowNumber, Text.Key("WhatsApp limits your number because people blocked or reported its messages. Wait some hours and send it again; an admin can see the number's quality in WhatsApp Manager.")) { FirstWait = TimeSpan.FromMinutes(1) },
        [131057] = new(SlowNumber, Text.Key("Your WhatsApp account was in maintenance for too long, and the message was not taken. Send it again later.")) { FirstWait = TimeSpan.FromMinutes(1) },
        [131056] = new(SlowPair, Text.Key("Too many messages went to this customer in a short time, and WhatsApp did not take this one. Wait a little and send it again.")) { FirstWait = TimeSpan.FromSeconds(4) },

        [0] = TokenRefused,
        [190] = TokenRefused,
        [3] = PermissionMissing,
        [10] = PermissionMissing,
        [131005] = new(PauseForToken, Text.Key("WhatsApp denies the access token this number. Give it access to the number in Meta's Business settings, or connect the number again.")),

        [368] = new(PauseForAccount, Text.Key("WhatsApp has blocked your account for a time, for breaking a policy. See WhatsApp Manager for how long and why; resume sending afterwards.")),
        [131031] = new(PauseForAccount, Text.Key("WhatsApp has locked your account. See WhatsApp Manager for the reason and appeal there; resume sending afterwards.")),
        [130497] = new(PauseForAccount, Text.Key("WhatsApp does not let your account write to customers of this country. See WhatsApp Manager for the rules; resume sending afterwards.")),
        [131042] = new(PauseForAccount, Text.Key("WhatsApp does not send because of a problem with payment. Check the payment method in WhatsApp Manager; resume sending afterwards.")),
        [131045] = new(PauseForAccount, Text.Key("Your number is not registered correctly with WhatsApp. Register it again in WhatsApp Manager; resume sending afterwards.")),
        [131064] = new(PauseForAccount, Text.Key("WhatsApp restricts your account. See WhatsApp Manager for what it asks of you; resume sending afterwards.")),

        [131047] = new(Fail, Text.Key("More than 24 hours have passed since the customer last wrote, so WhatsApp takes only a template now. Send a template, or wait until they write.")),

        [131026] = new(Fail, Text.Key("WhatsApp cannot deliver to this customer: the number may not be on WhatsApp, or the app is too old or its terms not accepted. Reach them another way.")),
        [131021] = new(Fail, Text.Key("This customer's number is your own number, and WhatsApp does not send to itself. Write to another number.")),
        [131030] = new(Fail, Text.Key("Your number is a test number and this customer is not among its allowed recipients. An admin can add them in Meta's App Dashboard.")),
        [131037] = new(Fail, Text.Key("WhatsApp has not approved your number's display name yet, so it cannot write to customers. An admin can see it in WhatsApp Manager.")),
        [131049] = new(Fail, Text.Key("WhatsApp did not deliver this, because the customer has had many marketing messages lately. Wait at least a day before you send it again.")),
        [131050] = new(Fail, Text.Key("This customer has stopped marketing messages from you. Write to them only when they write first.")),
        [130472] = new(Fail, Text.Key("WhatsApp did not deliver this, because the customer is part of an experiment of theirs about marketing messages. Sending it again does not help; wait until they write.")),
        [131062] = new(Fail, Text.Key("This kind of message needs the customer's phone number, and they hide it. Ask them for the number, or send another message.")),
        [137000] = new(Fail, Text.Key("WhatsApp cannot reach this customer right now. Try another way, or wait until they write.")),

        [131008] = WrongRequest with { Sentence = Text.Key("Something that WhatsApp needs was missing from the message. Fill it in and send it again, or tell your admin.") },
        [131009] = WrongRequest with { Sentence = Text.Key("A value in the message is not what WhatsApp expects. Change it and send it again, or tell your admin.") },
        [100] = WrongRequest,
        [131051] = WrongRequest with { Sentence = Text.Key("WhatsApp does not take this kind of message. Send it in another form.") },
        [132000] = WrongRequest with { Sentence = Text.Key("The template was sent with too many or too few values. Fill in every variable and send it again.") },
        [132001] = WrongRequest with { Sentence = Text.Key("The template does not exist in this language or is not approved. Choose another template or language.") },
        [132005] = WrongRequest with { Sentence = Text.Key("The template became too long with these values. Shorten them and send it again.") },
        [132007] = WrongRequest with { Sentence = Text.Key("The template breaks a rule of WhatsApp about its content. Choose another template; an admin can change this one.") },
        [132008] = WrongRequest with { Sentence = Text.Key("WhatsApp could not take the template with these values. Change them and send it again.") },
        [132012] = WrongRequest with { Sentence = Text.Key("A value of the template has the wrong form. Change it and send it again.") },
        [132015] = WrongRequest with { Sentence = Text.Key("WhatsApp has paused this template because of its low quality. Choose another; an admin can change this one.") },
        [132016] = WrongRequest with { Sentence = Text.Key("WhatsApp has disabled this template for good, because of its low quality. Choose another.") },
        [132068] = WrongRequest with { Sentence = Text.Key("The form in this message is blocked by WhatsApp. Send it without the form; an admin can correct the form.") },
        [132069] = WrongRequest with { Sentence = Text.Key("The form in this message was sent too often for now. Send it again in an hour.") },

        [131052] = new(RetryOnce, Text.Key("WhatsApp could not fetch the file. Attach it again and send it again.")) { ShowsDetails = true },
        [131053] = new(RetryOnce, Text.Key("WhatsApp could not take the file. Check that its type and size are allowed, attach it again and send it again.")) { ShowsDetails = true },
    };
}
