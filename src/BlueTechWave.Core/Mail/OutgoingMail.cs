namespace BlueTechWave.Core.Mail;

/// <summary>A letter to be sent: stored with the act it tells of, sent by a job, its text forgotten once it has left.</summary>
public class OutgoingMail
{
    public const int AttemptsAtMost = 8;

    private OutgoingMail()
    {
    }

    /// <param name="stop">Where one click ends letters of this kind; null where there is nothing to end.</param>
    public OutgoingMail(string to, string subject, string text, DateTime now, string? stop = null) =>
        (To, Subject, Text, CreatedAt, NextAt, Stop) = (to, subject, text, now, now, stop);

    public int Id { get; private set; }

    public string To { get; private set; } = "";

    public string Subject { get; private set; } = "";

    /// <summary>Plain text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Told to mail programs (RFC 8058).</summary>
    public string? Stop { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>When it is tried next; null once it has left or was given up.</summary>
    public DateTime? NextAt { get; private set; }

    public DateTime? SentAt { get; private set; }

    public int Attempts { get; private set; }

    public string? LastError { get; private set; }

    public void Sent(DateTime now) => (SentAt, NextAt, Text, Stop, LastError) = (now, null, "", null, null);

    /// <summary>Tried again after one, two, four … minutes, eight times in all.</summary>
    public void Failed(string error, DateTime now)
    {
        LastError = error.Length > 500 ? error[..500] : error;
        NextAt = ++Attempts < AttemptsAtMost ? now.AddMinutes(1 << (Attempts - 1)) : null;
        if (NextAt is null) (Text, Stop) = ("", null);
    }
}
