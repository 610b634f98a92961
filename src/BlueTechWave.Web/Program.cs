public class Program { static void Main() {} }
