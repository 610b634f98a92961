using System.Globalization;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Comments.Scoring;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace BlueTechWave.Core.Tests.Comments;

/// <summary>
/// How well the scorer tells spam from readers. The held-out comments were written apart from the seeds and are never learned from; half of
/// them play the newsroom's decisions where the test is about learning. Printed by
/// <c>dotnet run --project tests/BlueTechWave.Core.Tests -- -class "*SpamModelTests" -showliveoutput</c>.
/// </summary>
public class SpamModelTests(ITestOutputHelper output)
{
    private const double HoldAt = .5;
    private static readonly IReadOnlyList<LabelledComment> HeldOut = SeedSet.Parse(Read("heldout.tsv"));

    [Fact]
    public void What_it_is_measured_by_is_large_and_nothing_it_has_seen()
    {
        Assert.InRange(SeedSet.Comments.Count, 600, int.MaxValue);
        Assert.InRange(HeldOut.Count, 300, int.MaxValue);
        Assert.All(new[] { SeedSet.Comments, HeldOut }, all => Assert.InRange(all.Count(c => c.IsSpam), all.Count * 2 / 5, all.Count * 3 / 5));
        Assert.Empty(HeldOut.Select(c => Likeness.OfText(c.Body)).Intersect(SeedSet.Comments.Select(c => Likeness.OfText(c.Body))));
        Assert.Empty(Invented(HeldOut).Intersect(Invented(SeedSet.Comments), StringComparer.Ordinal));
        Assert.Empty(InARow(HeldOut).Intersect(InARow(SeedSet.Comments), StringComparer.Ordinal));

        static IEnumerable<string> Invented(IEnumerable<LabelledComment> comments) => comments.SelectMany(c => Likeness.Hosts(c.Body)).Where(h => h.EndsWith(".example", StringComparison.Ordinal));

        // Nobody writes seven words in a row twice.
        static IEnumerable<string> InARow(IEnumerable<LabelledComment> comments) => comments.Select(c => c.Body.ToUpperInvariant().Split(' '))
            .SelectMany(words => Enumerable.Range(0, Math.Max(0, words.Length - 6)).Select(i => string.Join(' ', words[i..(i + 7)])));
    }

    [Fact]
    public void Before_it_has_learned_anything_here_it_holds_most_spam_and_few_readers()
    {
        var figures = Measure(SpamModel.Seeded(), HeldOut, $"cold start, from {SeedSet.Comments.Count} seeds, {HeldOut.Count} held out");

        Assert.True(figures.Precision >= .95, figures.ToString());
        Assert.True(figures.Recall >= .88, figures.ToString());
        Assert.True(figures.WronglyHeld <= .05, figures.ToString());
    }

    [Fact]
    public void It_learns_from_decisions_what_this_newsroom_calls_spam()
    {
        // Every second comment is decided by an editor, the others are asked about afterwards; then the other way round.
        var (cold, warm) = (new List<(double, bool)>(), new List<(double, bool)>());
        for (var half = 0; half < 2; half++)
        {
            var (seeded, taught) = (SpamModel.Seeded(), SpamModel.Seeded());
            for (var round = 0; round < 4; round++)
                foreach (var decided in HeldOut.Where((_, i) => i % 2 == half)) taught.Learn(decided);
            foreach (var asked in HeldOut.Where((_, i) => i % 2 != half))
            {
                cold.Add((seeded.Score(asked.Name, asked.Body), asked.IsSpam));
                warm.Add((taught.Score(asked.Name, asked.Body), asked.IsSpam));
            }
        }

        var (before, after) = (Figures.Of(cold), Figures.Of(warm));
        output.WriteLine($"before {before}");
        output.WriteLine($"after {HeldOut.Count / 2} decisions {after}");
        Assert.True(after.Loss < before.Loss, $"{before} / {after}");
        Assert.True(after.Mistakes < before.Mistakes, $"{before} / {after}");
    }

    [Fact]
    public void One_decision_is_remembered()
    {
        var model = SpamModel.Seeded();
        const string body = "Our choir meets on Thursdays in the harbour church, come and sing.";
        var before = model.Score("Choir", body);
        for (var i = 0; i < 6; i++) model.Learn(new("Choir", body, "", IsSpam: true));

        Assert.True(model.Score("Choir", body) > Math.Max(.5, before));
        Assert.True(SpamModel.Seeded().Score("Choir", body) == before, "What one model learns stays with it.");
    }

    [Theory]
    [InlineData("Best online casino, free spins and a welcome bonus today", "B3st 0nl1ne c4s1no, fr33 sp1ns and a w3lc0me b0nus t0day")]
    [InlineData("Buy cheap viagra online without prescription", "Buy сheаp viаgrа оnline without рrеscriptiоn")]
    [InlineData("Buy cheap viagra online without prescription", "Buy ch\u200beap via\u200bgra on\u200bline without prescr\u200biption")]
    [InlineData("Buy cheap viagra online without prescription", "BUY CHEAP VIÁGRÄ ONLINE WITHOUT PRESCRIPTION")]
    public void A_disguise_does_not_help(string plain, string disguised)
    {
        var model = SpamModel.Seeded();
        Assert.True(model.Score("x", disguised) >= model.Score("x", plain) - .1, $"{model.Score("x", plain)} {model.Score("x", disguised)}");
        Assert.True(model.Score("x", disguised) > HoldAt, $"{model.Score("x", plain)} {model.Score("x", disguised)} {string.Join(", ", model.Explain("x", disguised, "", 8))}");
    }

    [Fact]
    public void It_says_what_spoke_for_and_against()
    {
        var signals = SpamModel.Seeded().Explain("casino", "Win at our casino https://lucky-win.example", "", 5);

        Assert.InRange(signals.Count, 1, 5);
        Assert.Contains(signals, s => s.Signal.Contains("casino", StringComparison.Ordinal) && s.Weight > 0);
        Assert.Equal(signals.OrderByDescending(s => Math.Abs(s.Weight)).Select(s => s.Signal), signals.Select(s => s.Signal));
    }

    [Fact]
    public void What_is_kept_of_it_scores_alike_and_what_is_damaged_is_refused()
    {
        var model = SpamModel.Seeded();
        model.Learn(HeldOut[0]);
        var kept = model.Save();
        var again = SpamModel.Load(kept)!;

        Assert.All(HeldOut, c => Assert.Equal(model.Score(c.Name, c.Body), again.Score(c.Name, c.Body)));
        Assert.InRange(kept.Length, 1, 1 << 20);
        Assert.Null(SpamModel.Load([]));
        Assert.Null(SpamModel.Load(kept[..(kept.Length / 2)]));
        Assert.Null(SpamModel.Load([.. kept.Reverse()]));
    }

    [Fact]
    public void Any_words_get_a_likelihood()
    {
        var model = SpamModel.Seeded();
        Prop.ForAll<string?, string?, string?>((name, body, headline) => model.Score(name ?? "", body ?? "", headline ?? "") is >= 0 and <= 1).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_million_characters_take_no_longer_than_what_is_read_of_them()
    {
        var model = SpamModel.Seeded();
        foreach (var text in new[] { new string('a', 1_000_000), string.Concat(Enumerable.Repeat("https://a.example ", 50_000)), new string('\u0301', 1_000_000), string.Concat(Enumerable.Repeat("\ud83d", 100_000)) })
            Assert.InRange(model.Score(text, text, text), 0, 1);
    }

    [Fact]
    public void It_scores_twenty_thousand_comments_in_a_fraction_of_a_minute()
    {
        var model = SpamModel.Seeded();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var spam = 0;
        for (var i = 0; i < 20_000; i++) spam += model.Score(HeldOut[i % HeldOut.Count].Name, HeldOut[i % HeldOut.Count].Body) > HoldAt ? 1 : 0;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"20,000 comments scored in {clock.Elapsed.TotalSeconds:0.0} s ({spam:N0} held)"));
        Assert.InRange(spam, 1, 19_999);
    }

    private Figures Measure(SpamModel model, IEnumerable<LabelledComment> comments, string name)
    {
        var said = comments.Select(c => (Score: model.Score(c.Name, c.Body), Comment: c)).ToList();
        var figures = Figures.Of(said.Select(s => (s.Score, s.Comment.IsSpam)));
        output.WriteLine($"{name}: {figures}");
        foreach (var (score, comment) in said.Where(s => s.Comment.IsSpam != s.Score >= HoldAt))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {score:0.00} {(comment.IsSpam ? "spam" : "fine")} {comment.Name}: {comment.Body}"));
        return figures;
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(typeof(SpamModelTests).Assembly.GetManifestResourceStream($"BlueTechWave.Core.Tests.Comments.{file}")!);
        return reader.ReadToEnd();
    }

    /// <param name="WronglyHeld">Of the readers' comments, the share that would wait.</param>
    private sealed record Figures(double Precision, double Recall, double WronglyHeld, double Loss, int Mistakes)
    {
        public static Figures Of(IEnumerable<(double Score, bool IsSpam)> said)
        {
            var all = said.ToList();
            double held = all.Count(s => s.Score >= HoldAt), caught = all.Count(s => s.Score >= HoldAt && s.IsSpam), spam = all.Count(s => s.IsSpam);
            return new(held == 0 ? 1 : caught / held, caught / spam, (held - caught) / (all.Count - spam), all.Average(s => -Math.Log(Math.Clamp(s.IsSpam ? s.Score : 1 - s.Score, 1e-9, 1))),
                all.Count(s => s.IsSpam != s.Score >= HoldAt));
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"precision {Precision:0.000}, recall {Recall:0.000}, readers held by mistake {WronglyHeld:0.000}, log loss {Loss:0.000}");
    }
}
