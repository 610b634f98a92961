using System.Globalization;
using BlueTechWave.Core.Data;
using Xunit;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>What an import of any size writes down instead of keeping it in memory.</summary>
public class NotebookTests
{
    [Fact]
    public void What_is_said_first_of_a_name_stays_until_it_is_set_and_each_page_has_names_of_its_own()
    {
        using var notes = new Notebook();

        Assert.True(notes.Add("ids", "7", "first"));
        Assert.False(notes.Add("ids", "7", "second"));
        Assert.True(notes.Add("paths", "7"));
        Assert.Equal(("first", "", null), (notes.Find("ids", "7"), notes.Find("paths", "7"), notes.Find("ids", "8")));

        notes.Set("ids", "7", "second");
        Assert.Equal("second", notes.Find("ids", "7"));
    }

    [Fact]
    public void A_long_page_is_read_in_the_order_it_was_written_in_while_others_write_and_look_up()
    {
        using var notes = new Notebook();
        for (var i = 0; i < 1200; i++) notes.Add("all", Number(i), Number(i));

        var read = new List<string>();
        foreach (var said in notes.All("all"))
        {
            read.Add(said);
            notes.Set("all", said, $"{said} again");
            notes.Add("other", said);
        }

        Assert.Equal(Enumerable.Range(0, 1200).Select(Number), read);
        Assert.Equal(Enumerable.Range(0, 1200).Select(i => $"{i} again"), notes.All("all"));
        Parallel.For(0, 2000, i => Assert.Equal(i < 1200 ? $"{i} again" : null, notes.Find("all", Number(i))));
    }

    private static string Number(int i) => i.ToString(CultureInfo.InvariantCulture);
}
