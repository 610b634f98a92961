namespace BlueTechWave.Core.Comments;

/// <summary>A model as it was trained: in the store, so that all machines of the site score alike. The last few are kept.</summary>
public class SpamTraining
{
    private SpamTraining()
    {
    }

    /// <param name="decisions">How many of this newsroom's decisions it has learned from.</param>
    /// <param name="wronglyHeld">Of the comments that editors approved, the share the scorer would have held, each asked before it was learned.</param>
    public SpamTraining(byte[] model, int decisions, int upTo, double? wronglyHeld, DateTime now) =>
        (Model, Decisions, UpTo, WronglyHeld, At) = (model, decisions, upTo, wronglyHeld, now);

    public int Id { get; private set; }

    public DateTime At { get; private set; }

    public byte[] Model { get; private set; } = [];

    public int Decisions { get; private set; }

    /// <summary>The last decision it has learned from.</summary>
    public int UpTo { get; private set; }

    /// <summary>Null until there are enough decisions to say.</summary>
    public double? WronglyHeld { get; private set; }
}
