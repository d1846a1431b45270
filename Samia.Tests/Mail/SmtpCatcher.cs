using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using MimeKit;
using Samia.Local;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Samia.Tests.Mail;

/// <summary>A mail server in this process: speaks SMTP, keeps what it takes, and refuses as a test wants.</summary>
public sealed class SmtpCatcher : MessageStore, IMailboxFilter, IUserAuthenticator, IAsyncDisposable
{
    public const string Password = "right-password-7";
    private readonly SmtpServer.SmtpServer _server;
    private readonly Task _serving;
    private int _tries;

    private SmtpCatcher(int port, bool passwordNeeded)
    {
        Port = port;
        var provider = new SmtpServer.ComponentModel.ServiceProvider();
        provider.Add((IMessageStore)this);
        provider.Add((IMailboxFilter)this);
        if (passwordNeeded)
        {
            provider.Add((IUserAuthenticator)this);
        }

        _server = new SmtpServer.SmtpServer(new SmtpServerOptionsBuilder().ServerName("localhost")
            .Endpoint(e => e.Endpoint(new IPEndPoint(IPAddress.Loopback, port)).AllowUnsecureAuthentication().AuthenticationRequired(passwordNeeded))
            .Build(), provider);
        _serving = _server.StartAsync(CancellationToken.None);
    }

    public int Port { get; }

    /// <summary>The mails that were taken.</summary>
    public ConcurrentQueue<MimeMessage> Mails { get; } = new();

    /// <summary>How often a mail was offered, taken or not.</summary>
    public int Tries => _tries;

    /// <summary>Answers the mail's content, at which try, counted from 1; null takes it.</summary>
    public Func<int, MimeMessage, SmtpResponse?>? Answer { get; set; }

    /// <summary>Who is known here; others are refused for good.</summary>
    public Func<string, bool> Knows { get; set; } = _ => true;

    public static SmtpCatcher Start(int? port = null, bool passwordNeeded = false) => new(port ?? Ports.Free(), passwordNeeded);

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(buffer.ToArray());
        var mail = await MimeMessage.LoadAsync(content, cancellationToken);
        if (Answer?.Invoke(Interlocked.Increment(ref _tries), mail) is { } refusal)
        {
            return refusal;
        }

        Mails.Enqueue(mail);
        return SmtpResponse.Ok;
    }

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
        Task.FromResult(Knows($"{to.User}@{to.Host}"));

    public Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
        Task.FromResult(password == Password);

    public async ValueTask DisposeAsync()
    {
        _server.Shutdown();
        await _serving;
        await _server.ShutdownTask;
    }
}
