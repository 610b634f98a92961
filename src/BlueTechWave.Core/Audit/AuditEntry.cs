namespace BlueTechWave.Core.Audit;

/// <summary>Who is acting: the name that the audit log keeps, whatever becomes of the account.</summary>
/// <param name="AccountId">Null for the system itself and for the command line.</param>
/// <param name="Address">The network address it came from; empty where there is none.</param>
public sealed record Actor(int? AccountId, string Name, string Address)
{
    public static Actor System { get; } = new(null, "the system", "");

    public static Actor CommandLine { get; } = new(null, "command line", "");
}

/// <summary>One line of the log: who did what to what, when, from where. Written with the change, never changed.</summary>
public class AuditEntry
{
    public const int SubjectLength = 40;
    public const int NameLength = 200;
    public const int DetailLength = 2000;

    private AuditEntry()
    {
    }

    /// <param name="subject">The kind of thing, in the newsroom's word: “Article”, “Account”.</param>
    /// <param name="act">What was done: “Published”, “Signed in”, “Changed”.</param>
    /// <param name="detail">Which fields, from what to what; never a secret.</param>
    public AuditEntry(Actor by, string subject, int? subjectId, string name, string act, string detail, DateTime at)
    {
        (AccountId, By, Address, Subject, SubjectId, Act, At) = (by.AccountId, Cut(by.Name, 120), Cut(by.Address, 64), subject, subjectId, act, at);
        (Name, Detail) = (Cut(name, NameLength), Cut(detail, DetailLength));
    }

    public long Id { get; private set; }

    public DateTime At { get; private set; }

    public int? AccountId { get; private set; }

    public string By { get; private set; } = "";

    public string Address { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public int? SubjectId { get; private set; }

    /// <summary>What it was called then.</summary>
    public string Name { get; private set; } = "";

    public string Act { get; private set; } = "";

    public string Detail { get; private set; } = "";

    private static string Cut(string text, int atMost) => text.Length <= atMost ? text : text[..(atMost - 1)] + "…";
}
