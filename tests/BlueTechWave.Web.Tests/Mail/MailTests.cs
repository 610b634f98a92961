using System.Net;
using System.Net.Sockets;
using System.Text;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Mail;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace BlueTechWave.Web.Tests.Mail;

public class MailTests
{
    [Theory, EachStore]
    public async Task Without_a_server_letters_lie_in_the_data_directory(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.EditAsync(db =>
        {
            db.Add(new OutgoingMail("noor@paper.example", "Hello\r\nBcc: everybody@evil.example", "Zeile eins, “naïve”.\n.\nLast.", site.Now));
            return Task.CompletedTask;
        });

        await Sending(site).SendDueAsync(TestContext.Current.CancellationToken);

        using var letter = await MimeMessage.LoadAsync(Assert.Single(Directory.GetFiles(Path.Combine(site.Folder, "mail"), "*.eml")), TestContext.Current.CancellationToken);
        Assert.Equal("noor@paper.example", letter.To.Mailboxes.Single().Address);
        Assert.Equal("Hello  Bcc: everybody@evil.example", letter.Subject);
        Assert.Empty(letter.Bcc);
        Assert.Equal("Zeile eins, “naïve”.\n.\nLast.", letter.TextBody!.ReplaceLineEndings("\n").TrimEnd('\n'));
        var kept = await site.AskAsync(db => db.OutgoingMails.SingleAsync());
        Assert.Equal(("", site.Now), (kept.Text, kept.SentAt));
    }

    [Theory, EachStore]
    public async Task A_server_gets_each_letter_once_and_one_that_is_down_is_tried_again(Store store)
    {
        using var server = new SmtpServer();
        await using var site = await NewsSite.OpenAsync(store, "Mail:Host=127.0.0.1", $"Mail:Port={server.Port}", "Mail:Security=None", "Mail:From=The Wave <desk@wave.example>", "Site:BaseUrl=https://wave.example");
        using var noor = Colleague.AtTheDoor(site, await Colleague.HireAsync(site, Role.Editor, "Noor Haddad"));
        server.IsDown = true;
        await noor.PostAsync("/account/forgot", new() { ["email"] = noor.Account.Email! });
        await Sending(site).SendDueAsync(TestContext.Current.CancellationToken);
        var waiting = Assert.Single(await site.LettersAsync());
        Assert.Equal((1, site.Now.AddMinutes(1)), (waiting.Attempts, waiting.NextAt));
        Assert.NotEmpty(waiting.LastError!);
        // Mail that does not work keeps nobody out.
        Assert.Equal("/newsroom", (await noor.SignInAsync()).Headers.Location?.OriginalString);

        server.IsDown = false;
        await Sending(site).SendDueAsync(TestContext.Current.CancellationToken);
        Assert.Empty(server.Received);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Sending(site).SendDueAsync(TestContext.Current.CancellationToken)));

        var letter = await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(await server.NextAsync())), TestContext.Current.CancellationToken);
        Assert.Equal(("The Wave", "desk@wave.example"), (letter.From.Mailboxes.Single().Name, letter.From.Mailboxes.Single().Address));
        Assert.Contains("https://wave.example/account/reset?", letter.TextBody);
        await UntilAsync(async () => (await site.LettersAsync()).Count == 0);
        Assert.Single(server.Received);
    }

    [Theory, EachStore]
    public async Task A_letter_is_given_up_after_eight_attempts_and_its_text_forgotten(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.EditAsync(db =>
        {
            var letter = new OutgoingMail("noor@paper.example", "Hello", "A secret.", site.Now);
            for (var i = 0; i < OutgoingMail.AttemptsAtMost; i++) letter.Failed("no", site.Now);
            db.Add(letter);
            return Task.CompletedTask;
        });
        site.Clock.Advance(TimeSpan.FromDays(30));
        await Sending(site).SendDueAsync(TestContext.Current.CancellationToken);

        var kept = await site.AskAsync(db => db.OutgoingMails.SingleAsync());
        Assert.Equal((null, null, ""), (kept.SentAt, kept.NextAt, kept.Text));
    }

    [Theory, EachStore]
    public async Task The_desk_writes_to_whoever_wants_it(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Site:BaseUrl=https://paper.example");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var quiet = await Colleague.HireAsync(site, Role.Editor, "Quentin Quiet");
        await site.EditAsync(async db => (await db.Accounts.SingleAsync(a => a.Id == quiet.Id)).Prefer(wantsMail: false, usesLetterKeys: true));
        var article = await site.DraftAsync("Robots learn to swim\r\nBcc: x@evil.example");
        await site.ChangeAsync(article, a => a.Submit(site.Now, "Inês Prado"));

        await Sending(site).WriteAsync(TestContext.Current.CancellationToken);
        await Sending(site).WriteAsync(TestContext.Current.CancellationToken);

        var letter = Assert.Single(await site.LettersAsync());
        Assert.Equal(noor.Account.Email, letter.To);
        Assert.StartsWith("For review: Robots learn to swim", letter.Subject);
        Assert.Contains("Inês Prado submitted", letter.Text);
        Assert.Contains($"https://paper.example/newsroom/articles/{article.Id}\n", letter.Text);
        Assert.False(await site.AskAsync(db => db.Notifications.AnyAsync(n => n.MailedAt == null)));
    }

    [Fact]
    public async Task The_job_does_it_by_itself_every_few_seconds()
    {
        await using var site = await NewsSite.OpenAsync();
        await site.EditAsync(db =>
        {
            db.Add(new OutgoingMail("noor@paper.example", "Hello", "Text.", site.Now));
            return Task.CompletedTask;
        });

        await UntilAsync(async () =>
        {
            site.Clock.Advance(MailSending.Between);
            return (await site.LettersAsync()).Count == 0;
        });
    }

    [Theory]
    [InlineData("Mail:Security=Maybe", "Mail:Security")]
    [InlineData("Mail:Port=0", "Mail:Port")]
    [InlineData("Mail:From=not an address @", "Mail:From")]
    [InlineData("Mail:Host=mail.example", "Site:BaseUrl")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string setting, string named)
    {
        var wrong = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => NewsSite.OpenAsync(Store.Sqlite, setting));
        Assert.Contains(named, wrong.Message);
    }

    private static MailSending Sending(NewsSite site) => site.Services.GetRequiredService<MailSending>();

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 500 && !await isSo(); i++) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.True(await isSo());
    }

    /// <summary>As much of a mail server as a letter needs.</summary>
    private sealed class SmtpServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly System.Threading.Channels.Channel<string> _letters = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public SmtpServer()
        {
            _listener.Start();
            _ = ListenAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public bool IsDown { get; set; }

        public List<string> Received { get; } = [];

        public async Task<string> NextAsync() => await _letters.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public void Dispose() => _listener.Dispose();

        private async Task ListenAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    if (!IsDown) await TalkAsync(client);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Closed for the day.
            }
        }

        private async Task TalkAsync(TcpClient client)
        {
            using var reader = new StreamReader(client.GetStream(), new UTF8Encoding(false));
            await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 post office");
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("DATA", StringComparison.Ordinal))
                {
                    await writer.WriteLineAsync("354 go on");
                    var letter = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } text && text != ".") letter.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
                    Received.Add(letter.ToString());
                    _letters.Writer.TryWrite(letter.ToString());
                }

                await writer.WriteLineAsync(line.StartsWith("QUIT", StringComparison.Ordinal) ? "221 bye" : "250 good");
                if (line.StartsWith("QUIT", StringComparison.Ordinal)) return;
            }
        }
    }
}
