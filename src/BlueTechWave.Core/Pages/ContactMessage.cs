using BlueTechWave.Core.Comments;

namespace BlueTechWave.Core.Pages;

/// <summary>What somebody wrote to the desk through the contact page.</summary>
public class ContactMessage
{
    public const int BodyLength = 5_000;

    private ContactMessage()
    {
    }

    public ContactMessage(string name, string email, string body, DateTime now) =>
        (Name, Email, Body, SentAt) = (name, Comment.Canonical(email), body, now);

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Lower case, as a comment's.</summary>
    public string Email { get; private set; } = "";

    public string Body { get; private set; } = "";

    public DateTime SentAt { get; private set; }
}
