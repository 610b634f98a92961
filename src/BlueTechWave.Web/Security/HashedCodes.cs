using System.Security.Cryptography;

namespace BlueTechWave.Web.Security;

/// <summary>An account's recovery codes as the store has them: one salt, and for each code a hash that is slow to guess.</summary>
internal sealed class HashedCodes
{
    private const string Mark = "hashed";
    private const char Between = ';';

    // A code has some 46 bits: too few for a quick hash, plenty for a slow one.
    private const int Rounds = 100_000;
    private const int Size = 32;

    private readonly byte[] _salt;
    private readonly IReadOnlyList<byte[]> _hashes;

    private HashedCodes(byte[] salt, IReadOnlyList<byte[]> hashes) => (_salt, _hashes) = (salt, hashes);

    public static HashedCodes Of(IEnumerable<string> codes)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new(salt, [.. codes.Select(code => Hash(salt, code))]);
    }

    /// <param name="kept">What the store has. Codes from before they were hashed stand there as they were shown, and still open.</param>
    public static HashedCodes Parse(string? kept)
    {
        var parts = Parts(kept);
        return parts is [Mark, var salt, .. var hashes]
            ? new(Convert.FromBase64String(salt), [.. hashes.Select(Convert.FromBase64String)])
            : Of(parts);
    }

    /// <summary>How many there are; none is hashed for it.</summary>
    public static int CountOf(string? kept) => Parts(kept) is [Mark, _, .. var hashes] ? hashes.Length : Parts(kept).Length;

    /// <returns>The others; null if this is none of them.</returns>
    public HashedCodes? Without(string code)
    {
        var hash = Hash(_salt, code);
        var others = _hashes.Where(kept => !CryptographicOperations.FixedTimeEquals(kept, hash)).ToList();
        return others.Count == _hashes.Count ? null : new(_salt, others);
    }

    public override string ToString() => string.Join(Between, [Mark, Convert.ToBase64String(_salt), .. _hashes.Select(Convert.ToBase64String)]);

    private static string[] Parts(string? kept) => (kept ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Hash(byte[] salt, string code) => Rfc2898DeriveBytes.Pbkdf2(code, salt, Rounds, HashAlgorithmName.SHA256, Size);
}
