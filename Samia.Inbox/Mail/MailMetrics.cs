using System.Diagnostics.Metrics;

namespace Samia.Inbox.Mail;

internal sealed class MailMetrics
{
    private readonly Counter<long> _sent;
    private readonly Counter<long> _retried;
    private readonly Counter<long> _givenUp;

    public MailMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Samia.Mail");
        _sent = meter.CreateCounter<long>("samia.mail.sent", description: "Mails that the mail server accepted");
        _retried = meter.CreateCounter<long>("samia.mail.retried", description: "Tries that wait for another");
        _givenUp = meter.CreateCounter<long>("samia.mail.given_up", description: "Mails that will not arrive");
    }

    public void Sent() => _sent.Add(1);

    public void Retried() => _retried.Add(1);

    public void GivenUp() => _givenUp.Add(1);
}
