namespace BlueTechWave.Web.Links;
public sealed record ShareLinks(string Facebook, string Twitter, string LinkedIn, string Pinterest, string Email)
{
    public static ShareLinks For(string address, string title, string image) => new(address, address, address, address, address);
}
