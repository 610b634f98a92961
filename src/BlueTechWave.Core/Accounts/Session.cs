namespace BlueTechWave.Core.Accounts;

/// <summary>One browser signed in to one account. Ended, it opens nothing any more, at once.</summary>
public class Session
{
    public const int DeviceLength = 200;

    private Session()
    {
    }

    public Session(int accountId, string address, string device, DateTime now)
    {
        (AccountId, Address, CreatedAt, SeenAt) = (accountId, address, now, now);
        Device = device.Length > DeviceLength ? device[..DeviceLength] : device;
    }

    public int Id { get; private set; }

    public int AccountId { get; private set; }

    public Account Account { get; private set; } = null!;

    /// <summary>The network address it was begun from.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What the browser calls itself.</summary>
    public string Device { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DateTime SeenAt { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public void See(DateTime now) => SeenAt = now;

    /// <summary>Its own holder went out by the door: the log has another word for that than for an end made from elsewhere.</summary>
    public bool IsLeft { get; private set; }

    public void End(DateTime now) => EndedAt ??= now;

    public void Leave(DateTime now)
    {
        IsLeft = true;
        End(now);
    }
}
