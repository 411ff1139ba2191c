// What a rule would do that got past every check: the tests run it in a confined process and see that it does no harm.
using System.Text;
using Recon.Sandbox;

var says = Confined.Enter() ?? throw new InvalidOperationException("started as a confined process only");
var cell = Confined.Current!.Cell;
says($"the attempt {args[0]}");
switch (args[0])
{
    case "spin":
        while (true)
        {
        }

    case "sleep":
        Thread.Sleep(Timeout.Infinite);
        break;
    case "overflow":
        Console.Out.WriteLine(Deeper(0));
        break;
    case "memory":
        var held = new List<byte[]>();
        while (true)
        {
            held.Add(new byte[1 << 20]);
        }

    case "terminal":
        Console.OpenStandardOutput().Write("\u001b[2J\u001b]0;mine\u0007::set-output\r\nplain\ttext\n"u8);
        break;
    case "large-file":
        using (var file = File.Create(Path.Combine(cell.Scratch, "large")))
        {
            var block = new byte[1 << 20];
            for (var i = 0; i < 1024; i++)
            {
                file.Write(block);
            }
        }

        break;
    case "forge":
        // Files that nobody asked for, a link to what is not its own, and a rule's name with a command for the terminal in it.
        says("\u001b[31mforged");
        await File.WriteAllTextAsync(Path.Combine(cell.Outputs, "a"), "mine", Encoding.UTF8);
        await File.WriteAllTextAsync(Path.Combine(cell.Outputs, "a.path"), args[1], Encoding.UTF8);
        break;
    default:
        return 64;
}

return 3;

static int Deeper(int depth) => depth == int.MaxValue ? 0 : 1 + Deeper(depth + 1);
