using System.Data.Common;
using System.Text;

namespace BlueTechWave.Web.Watching;

/// <summary>An exception as it may be told: its kind and where it came from as they are, its words with what is somebody's hidden.</summary>
#pragma warning disable CA1064 // Nobody catches it: it only stands for another in a log.
internal sealed class Retold : Exception
#pragma warning restore CA1064
{
    private readonly string _whole;

    private Retold(string message, string whole, bool isOfStore) : base(message) => (_whole, IsOfStore) = (whole, isOfStore);

    /// <summary>Whether it was the store that failed.</summary>
    public bool IsOfStore { get; }

    public static Retold Of(Exception e, Func<string, string> hide)
    {
        var whole = new StringBuilder();
        Tell(e, hide, whole);
        return new(hide(e.Message), whole.ToString(), IsStores(e));
    }

    public override string ToString() => _whole;

    private static bool IsStores(Exception? e) => e is not null && (e is DbException || IsStores(e.InnerException));

    private static void Tell(Exception e, Func<string, string> hide, StringBuilder to)
    {
        to.Append(e.GetType().FullName).Append(": ").Append(hide(e.Message));
        var inner = e is AggregateException many ? many.InnerExceptions : e.InnerException is { } one ? [one] : (IReadOnlyList<Exception>)[];
        foreach (var next in inner)
        {
            to.AppendLine().Append(" ---> ");
            Tell(next, hide, to);
            to.AppendLine().Append("   --- of the one above ---");
        }

        // Code alone, no values.
        if (e.StackTrace is { } stack) to.AppendLine().Append(stack);
    }
}
