using SafeConsole.Gateway.Console;

namespace SafeConsole.Gateway.Tests.Console;

public sealed class HiddenInputTests
{
    [Fact]
    public void A_password_is_hidden_and_the_third_line_is_not()
    {
        var hidden = new HiddenInput();
        Assert.Equal(0, hidden.Hide("ls\r"u8));
        hidden.SetEcho(false);
        Assert.Equal(8, hidden.Hide("hunter2\r"u8));
        Assert.Equal(6, hidden.Hide("again\rwhoami\r"u8));
        hidden.SetEcho(false);
        Assert.Equal(0, hidden.Hide("id\r"u8));
        hidden.SetEcho(true);
        hidden.SetEcho(false);
        Assert.Equal(3, hidden.Hide("pw\r"u8));
    }

    [Fact]
    public void No_more_than_256_bytes_are_hidden()
    {
        var hidden = new HiddenInput();
        hidden.SetEcho(false);
        Assert.Equal(256, hidden.Hide(new byte[1000]));
        Assert.Equal(0, hidden.Hide("x"u8));
    }
}
