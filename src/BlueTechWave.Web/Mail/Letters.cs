using BlueTechWave.Web.Security;

namespace BlueTechWave.Web.Mail;

/// <summary>The letters that the site writes about accounts: plain text, one thing each.</summary>
internal static class Letters
{
    public static (string Subject, string Text) Invitation(string name, string by, string site, string link) => ($"Your account at {site}",
        $"""
        Hello {name},

        {by} has made an account for you in the newsroom of {site}. Choose a password here to come in:

        {link}

        The link works once, within {LinkTokens.InvitationLasts.Days} days. If you did not expect it, do nothing.
        """);

    public static (string Subject, string Text) Reset(string name, string site, string link) => ($"Set a new password at {site}",
        $"""
        Hello {name},

        somebody, we hope you, asked for a new password at {site}. Choose it here:

        {link}

        The link works once, within {LinkTokens.LinkLasts.Hours} hours. If it was not you, do nothing: your password stays as it is.
        """);

    public static (string Subject, string Text) PasswordChanged(string name, string site, string root) => ($"Your password at {site} was changed",
        $"""
        Hello {name},

        your password at {site} was just changed, and you were signed out everywhere else. If that was not you, ask for a new
        one at once, and tell an owner of the site:

        {root}/account/forgot
        """);

    public static (string Subject, string Text) FactorRemoved(string name, string site, string root) => ($"Your sign-in at {site} is less protected",
        $"""
        Hello {name},

        the second factor of your account at {site} was just turned off: a password alone opens it now. If that was not you,
        change your password at once, and tell an owner of the site:

        {root}/account
        """);

    public static (string Subject, string Text) NewEmail(string name, string site, string link) => ($"Is this your e-mail? {site}",
        $"""
        Hello {name},

        you asked to use this e-mail for your account at {site}. Confirm it here:

        {link}

        The link works once, within {LinkTokens.LinkLasts.Hours} hours. If it was not you, do nothing.
        """);

    public static (string Subject, string Text) EmailChanged(string name, string site, string email) => ($"Your e-mail at {site} was changed",
        $"""
        Hello {name},

        your account at {site} now goes by {email}. If that was not you, tell an owner of the site at once.
        """);

    public static (string Subject, string Text) BackupFailed(string name, string site, string why, string? root) => ($"No backup of {site}",
        $"""
        Hello {name},

        {site} could not be backed up, or the backup did not bring it back when that was tried:

        {why}

        It is tried again every hour; you get no further letter until it has worked. What there is, and what happened last:

        {root}/newsroom/settings/backups
        """);
}
